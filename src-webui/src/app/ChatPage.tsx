import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { AccessPage } from "../features/access/AccessPage";
import { AgentChoice } from "../features/agents/AgentChoice";
import { type Agent } from "../features/agents/api";
import { ApprovalCard } from "../features/approvals/ApprovalCard";
import { ApprovalsPage } from "../features/approvals/ApprovalsPage";
import { type Approvals } from "../features/approvals/approvals";
import { noteOf, titleOf } from "../features/approvals/words";
import { type Chat } from "../features/chat/chat";
import { ChatPanel } from "../features/chat/ChatPanel";
import { type ApprovalView } from "../features/chat/context";
import { lastTurn, type Turn } from "../features/chat/conversation";
import { useFocusWhenIdle } from "../features/chat/focus";
import { rememberOpen } from "../features/chat/keepsake";
import { NotForYou } from "../features/audit/NotForYou";
import { ConversationList } from "../features/conversations/ConversationList";
import { swimlanesOf } from "../features/trail/lanes";
import { namesOf } from "../features/trail/names";
import { type RecordsLink, TrailPanel } from "../features/trail/TrailPanel";
import { type Approval } from "../lib/approval";
import { filterValueOf } from "../lib/record-filter";
import { hashOf, type Route } from "../lib/route";
import { text } from "../text/en";
import { ErrorCard } from "../ui/ErrorCard";
import { Header } from "./Header";
import { Side } from "./Side";
import { type Ready } from "./start";
import { useDrawer } from "./useDrawer";
import { useMayAudit } from "./useMayAudit";
import { goTo, replaceBy, useRoute } from "./useRoute";

// Most people never read the log.
const AuditPage = lazy(() => import("../features/audit/AuditPage"));

/** The page of a signed-in person: the conversation with the trail of its last answer, or one of the pages beside it. */
export default function ChatPage(ready: Ready) {
  const { config, session, chat, approvals, conversations, access, draft } = ready;
  const state = useSyncExternalStore(chat.subscribe, chat.state);
  const { conversation } = state;
  const route = useRoute();
  const inChat = route.page === "chat";
  const last = lastTurn(conversation);
  const hops = last?.hops ?? [];
  const drawer = useDrawer();
  const mayAudit = useMayAudit(ready);
  const labels = useMemo(() => namesOf(config, session.person), [config, session.person]);
  const onDraft = useCallback((value: string) => void (draft.current = value), [draft]);
  const needsStepUp = ["step_up_needed", "insufficient_claims"].includes(last?.failure?.reason ?? "");
  const signInAgain = useCallback(() => {
    const signedIn = needsStepUp ? session.stepUp() : session.token({ renew: true });
    // Trying again shows by itself where there is still no token.
    void signedIn.catch(() => undefined).then(() => chat.retry());
  }, [session, chat, needsStepUp]);
  const approvalView = useApprovalView(approvals);
  const agents = useAgents(ready, inChat && last === undefined && config.authRequired);
  useFreshList(ready, conversation.id, last?.status);
  useFocusAfterDecision(last?.status);
  useAddressedConversation(chat, route);
  const showChat = () => {
    drawer.close({ giveFocusBack: false });
    // Once the chat is there again.
    window.setTimeout(() => document.getElementById("composer")?.focus());
  };
  const classes = ["page", inChat ? "in-chat" : "", drawer.open === undefined ? "" : `show-${drawer.open}`];
  return (
    <div className={classes.filter((name) => name !== "").join(" ")}>
      <Header
        session={session}
        agentName={conversation.agentName}
        agentMode={conversation.agentMode}
        hopCount={swimlanesOf(hops).rows.length}
        inChat={inChat}
        opened={drawer.open}
        onTrail={() => drawer.toggle("trail")}
        onMenu={() => drawer.toggle("menu")}
        onNewChat={() => {
          chat.clear();
          goTo({ page: "chat" });
          showChat();
        }}
        onSignOut={() => {
          if (session.person !== null) rememberOpen(window.sessionStorage, session.person.key, undefined);
          void session.signOut();
        }}
      />
      {!config.authRequired && (
        <aside className="banner" aria-label={text.open.label} data-testid="open-banner">
          {text.open.banner}
        </aside>
      )}
      {session.person !== null && (
        <Side
          route={route}
          audit={mayAudit === true}
          headingRef={drawer.menuHeading}
          onGo={() => drawer.close({ giveFocusBack: false })}
          onClose={() => drawer.close()}
        >
          <ConversationList
            conversations={conversations}
            current={conversation.id ?? state.opening?.id}
            onOpen={showChat}
            onRemoved={(id) => id === chat.state().conversation.id && chat.clear()}
          />
        </Side>
      )}
      <main className={inChat ? "chat" : "chat beside"}>
        {route.page === "chat" && (
          <ChatPanel
            chat={chat}
            state={state}
            linkRules={config}
            open={!config.authRequired}
            agentChoice={
              agents.length > 0 && (
                <AgentChoice
                  agents={agents}
                  chosen={conversation.agentName}
                  onChoose={({ name }) =>
                    chat.chooseAgent(
                      name === config.agentName && config.agentMode !== undefined
                        ? { name, mode: config.agentMode }
                        : { name },
                    )
                  }
                />
              )
            }
            approvalView={approvalView}
            initialDraft={draft.current}
            onDraft={onDraft}
            signInAgain={signInAgain}
          />
        )}
        {route.page === "approvals" && (
          <ApprovalsPage approvals={approvals} id={route.id} onSignIn={() => void session.stepUp()} />
        )}
        {route.page === "consents" && (
          <AccessPage
            api={access}
            onChanged={() => void chat.consentsChanged()}
            onSignIn={() => void session.stepUp()}
          />
        )}
        {route.page === "audit" && (
          <Suspense fallback={<p role="status">{text.loading}</p>}>
            {mayAudit === false && <NotForYou />}
            {mayAudit === true && (
              <AuditPage
                api={ready.audit.api}
                records={ready.audit.records}
                filter={route.filter}
                reader={session.person?.id ?? ""}
                onSignIn={() => void ready.audit.tokens.stepUp()}
              />
            )}
            {mayAudit === undefined && <p role="status">{text.loading}</p>}
            {typeof mayAudit === "object" && (
              <ErrorCard failure={mayAudit} onRetry={() => window.location.reload()} />
            )}
          </Suspense>
        )}
      </main>
      {inChat && (
        <aside id="trail" className="trail" aria-label={text.trail.title} data-testid="trail">
          <TrailPanel
            hops={hops}
            running={last?.status === "running"}
            labels={labels}
            conversation={conversation.id}
            records={mayAudit === true ? recordsOf(conversation.id, last) : []}
            loadTrail={ready.loadTrail}
            headingRef={drawer.trailHeading}
            onClose={() => drawer.close()}
          />
        </aside>
      )}
    </div>
  );
}

/** Where the records of the last answer are, and those of the whole conversation. */
function recordsOf(conversation: string | undefined, last: Turn | undefined): readonly RecordsLink[] {
  const runs = last?.runs?.filter((run) => filterValueOf("run", run) === run) ?? [];
  const ofAnswer = runs.map((run, i) => ({
    label: text.trail.recordsOfAnswer(i + 1, runs.length),
    href: hashOf({ page: "audit", filter: { run } }),
  }));
  if (conversation === undefined) return ofAnswer;
  const href = hashOf({ page: "audit", filter: { conversation } });
  return [...ofAnswer, { label: text.trail.recordsOfConversation, href }];
}

/** How the chat shows approvals: with the card of the approvals' own page. */
function useApprovalView(approvals: Approvals): ApprovalView {
  return useMemo(
    () => ({
      card: (approval) => <CardInChat approval={approval} approvals={approvals} />,
      note: (approval) => noteOf(approval, approvals.entries().get(approval.id)?.problem),
      title: titleOf,
    }),
    [approvals],
  );
}

function CardInChat({ approval, approvals }: { readonly approval: Approval; readonly approvals: Approvals }) {
  const entries = useSyncExternalStore(approvals.subscribe, approvals.entries);
  const heading = useFocusWhenIdle();
  return (
    <ApprovalCard
      entry={entries.get(approval.id) ?? { approval }}
      headingRef={heading}
      onDecide={(decision) => void approvals.decide(approval.id, decision)}
    />
  );
}

/** The address of a conversation opens it. From then on the chat is at its own address, whatever is asked next. */
function useAddressedConversation(chat: Chat, route: Route) {
  const id = route.page === "chat" ? route.conversation : undefined;
  useEffect(() => {
    if (id === undefined) return;
    const { conversation, opening } = chat.state();
    if ((opening?.id ?? conversation.id) !== id) void chat.open(id);
    replaceBy({ page: "chat" });
  }, [chat, id]);
}

/** The agents to choose from, as they are now; none where they cannot be had, and the default agent answers. */
function useAgents({ listAgents }: Ready, wanted: boolean): readonly Agent[] {
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    listAgents().then(
      (list) => current && setAgents(list),
      () => undefined,
    );
    return () => void (current = false);
  }, [listAgents, wanted]);
  return agents;
}

/** Conversations begin, change and come to wait here: the list follows when an answer has ended. */
function useFreshList({ conversations, session }: Ready, id: string | undefined, status: string | undefined) {
  const signedIn = session.person !== null;
  useEffect(() => {
    if (signedIn && id !== undefined && status !== "running") void conversations.refresh();
  }, [conversations, signedIn, id, status]);
}

/** A card that was answered is gone, and the focus with it: the message box is where the person goes on. */
function useFocusAfterDecision(status: string | undefined) {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === "waiting" && status !== "waiting" && document.activeElement === document.body)
      document.getElementById("composer")?.focus();
    before.current = status;
  }, [status]);
}
