import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { ChatPanel } from "../features/chat/ChatPanel";
import { lastTurn } from "../features/chat/conversation";
import { swimlanesOf } from "../features/trail/lanes";
import { namesOf } from "../features/trail/names";
import { TrailPanel } from "../features/trail/TrailPanel";
import { text } from "../text/en";
import { Header } from "./Header";
import { type Ready } from "./start";

/** The page of a signed-in person: the conversation, and the trail of its last answer beside it. */
export default function ChatPage({ config, session, chat, draft, initialDraft }: Ready) {
  const state = useSyncExternalStore(chat.subscribe, chat.state);
  const { conversation } = state;
  const last = lastTurn(conversation);
  const hops = last?.hops ?? [];
  const drawer = useDrawer();
  const labels = useMemo(() => namesOf(config, session.person), [config, session.person]);
  const onDraft = useCallback((value: string) => void (draft.current = value), [draft]);
  const stepUpNeeded = last?.failure?.reason === "step_up_needed";
  const signInAgain = useCallback(() => {
    const signedIn = stepUpNeeded ? session.stepUp() : session.token({ renew: true });
    // Trying again shows by itself where there is still no token.
    void signedIn.catch(() => undefined).then(() => chat.retry());
  }, [session, chat, stepUpNeeded]);
  return (
    <div className={drawer.open ? "page show-trail" : "page"}>
      <Header
        session={session}
        agentName={conversation.agentName}
        agentMode={conversation.agentMode}
        hopCount={swimlanesOf(hops).rows.length}
        trailOpen={drawer.open}
        onTrail={drawer.toggle}
        onNewChat={() => {
          chat.clear();
          document.getElementById("composer")?.focus();
        }}
      />
      {!config.authRequired && (
        <aside className="banner" aria-label={text.open.label} data-testid="open-banner">
          {text.open.banner}
        </aside>
      )}
      <main className="chat">
        <ChatPanel
          chat={chat}
          state={state}
          linkRules={config}
          open={!config.authRequired}
          initialDraft={initialDraft}
          onDraft={onDraft}
          signInAgain={signInAgain}
        />
      </main>
      <aside id="trail" className="trail" aria-label={text.trail.title} data-testid="trail">
        <TrailPanel
          hops={hops}
          running={last?.status === "running"}
          labels={labels}
          headingRef={drawer.headingRef}
          onClose={drawer.close}
        />
      </aside>
    </div>
  );
}

/** On narrow screens the trail opens in the place of the conversation: the focus goes with it, Esc goes back. */
function useDrawer() {
  const [open, setOpen] = useState(false);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const close = useCallback(() => {
    setOpen(false);
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }, []);
  useEffect(() => {
    if (!open) return;
    cameFrom.current = document.activeElement;
    headingRef.current?.focus();
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    };
    document.addEventListener("keydown", escape, { capture: true });
    return () => document.removeEventListener("keydown", escape, { capture: true });
  }, [open, close]);
  return { open, close, toggle: () => (open ? close() : setOpen(true)), headingRef };
}
