import { type AccessApi, accessApi } from "../features/access/api";
import { type Agent, listAgents } from "../features/agents/api";
import { type AuditApi, auditApi } from "../features/audit/api";
import { Records } from "../features/audit/records";
import { approvalsApi } from "../features/approvals/api";
import { Approvals } from "../features/approvals/approvals";
import { chatApi, consentApi } from "../features/chat/api";
import { Chat } from "../features/chat/chat";
import { historyApi } from "../features/chat/history";
import { keep, rememberedOpen, rememberOpen, takeBack } from "../features/chat/keepsake";
import { conversationsApi } from "../features/conversations/api";
import { Conversations } from "../features/conversations/conversations";
import {
  openSession,
  openSessionWithoutSignIn,
  type Person,
  type Session,
  type Tokens,
} from "../features/sign-in/session";
import { trailApi } from "../features/trail/api";
import { type Config, loadConfig } from "../lib/config";
import { type Rights, rightsApi } from "../lib/rights";
import { arrive, keepDestination } from "../lib/route";

/** Everything that the page of a signed-in person works with. */
export interface Ready {
  readonly config: Config;
  readonly session: Session;
  readonly chat: Chat;
  readonly approvals: Approvals;
  readonly conversations: Conversations;
  readonly access: AccessApi;
  readonly audit: Audit;
  readonly rights: () => Promise<Rights>;
  readonly listAgents: () => Promise<Agent[]>;
  readonly loadTrail: (conversation: string) => Promise<string>;
  /** What stands in the message box, for the case that the page has to leave. */
  readonly draft: { current: string };
}

/** The audit log, with tokens that are good for nothing else. */
export interface Audit {
  readonly tokens: Tokens;
  readonly api: AuditApi;
  readonly records: Records;
}

export type Started =
  { readonly kind: "signed-out"; readonly session: Session } | ({ readonly kind: "ready" } & Ready);

/** Wires the page: settings, session, chat. The only place that knows all of them. */
export async function start(): Promise<Started> {
  const config = await loadConfig();
  const storage = window.sessionStorage;
  const draft = { current: "" };
  let chat: Chat | undefined;
  const session: Session = config.authRequired
    ? await openSession(config, () => {
        keepDestination(storage, window.location.hash);
        if (session.person === null || chat === undefined) return;
        keep(storage, session.person.key, chat.state().conversation, draft.current);
      })
    : openSessionWithoutSignIn();
  if (config.authRequired) arrive(storage);
  if (config.authRequired && session.person === null) return { kind: "signed-out", session };
  const kept = session.person === null ? undefined : takeBack(storage, session.person.key);
  draft.current = kept?.draft ?? "";
  const approvals = new Approvals(approvalsApi(session));
  chat = new Chat(
    {
      run: chatApi(session),
      load: historyApi(session),
      decideConsent: consentApi(session),
      approvals,
      agent: {
        ...(config.agentName === undefined ? {} : { name: config.agentName }),
        ...(config.agentMode === undefined ? {} : { mode: config.agentMode }),
      },
    },
    kept?.conversation,
  );
  const auditTokens = session.tokensFor(config.auditScopes);
  const audit = auditApi(auditTokens);
  if (session.person !== null) rememberConversation(storage, session.person, chat, kept === undefined);
  return {
    kind: "ready",
    config,
    session,
    chat,
    approvals,
    conversations: new Conversations(conversationsApi(session)),
    access: accessApi(session),
    audit: { tokens: auditTokens, api: audit, records: new Records(audit) },
    rights: rightsApi(session),
    listAgents: listAgents(session),
    loadTrail: trailApi(session),
    draft,
  };
}

/** A reload comes back to the conversation that was open. One that is gone is not looked for again. */
function rememberConversation(storage: Storage, person: Person, chat: Chat, takeUp: boolean): void {
  const before = takeUp ? rememberedOpen(storage, person.key) : undefined;
  chat.subscribe(() => {
    const { conversation, opening } = chat.state();
    const gone = opening?.problem?.status === 404;
    rememberOpen(storage, person.key, gone ? undefined : (conversation.id ?? opening?.id));
  });
  if (before !== undefined) void chat.open(before);
}
