import { chatApi } from "../features/chat/api";
import { Chat } from "../features/chat/chat";
import { type Conversation } from "../features/chat/conversation";
import { keep, takeBack } from "../features/chat/keepsake";
import { openSession, openSessionWithoutSignIn, type Session } from "../features/sign-in/session";
import { type Config, loadConfig } from "../lib/config";

/** Everything that the page of a signed-in person works with. */
export interface Ready {
  readonly config: Config;
  readonly session: Session;
  readonly chat: Chat;
  /** What stands in the message box, for the case that the page has to leave. */
  readonly draft: { current: string };
  readonly initialDraft: string;
}

export type Started =
  { readonly kind: "signed-out"; readonly session: Session } | ({ readonly kind: "ready" } & Ready);

/** Wires the page: settings, session, chat. The only place that knows all of them. */
export async function start(): Promise<Started> {
  const config = await loadConfig();
  const draft = { current: "" };
  let chat: Chat | undefined;
  const session: Session = config.authRequired
    ? await openSession(config, () => {
        const person = session.person;
        if (person === null || chat === undefined) return;
        keep(window.sessionStorage, person.key, chat.state().conversation, draft.current);
      })
    : openSessionWithoutSignIn();
  if (config.authRequired && session.person === null) return { kind: "signed-out", session };
  const kept = session.person === null ? undefined : takeBack(window.sessionStorage, session.person.key);
  const nothingYet: Conversation = {
    turns: [],
    ...(config.agentName === undefined ? {} : { agentName: config.agentName }),
    ...(config.agentMode === undefined ? {} : { agentMode: config.agentMode }),
  };
  chat = new Chat(chatApi(session), kept?.conversation ?? nothingYet);
  return { kind: "ready", config, session, chat, draft, initialDraft: kept?.draft ?? "" };
}
