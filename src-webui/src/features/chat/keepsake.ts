import { type Conversation, lastTurn } from "./conversation";

const KEY = "throughline.keepsake";

/** What survives a trip to the sign-in page in the middle of work. */
export interface Keepsake {
  readonly conversation: Conversation;
  readonly draft: string;
}

/**
 * Keeps the conversation of one person for the time of a redirect. The question whose answer had not begun goes
 * back into the message box.
 */
export function keep(storage: Storage, person: string, conversation: Conversation, draft: string): void {
  const last = lastTurn(conversation);
  const unanswered = last?.status === "running" ? last : undefined;
  const kept: Keepsake = {
    conversation:
      unanswered === undefined ? conversation : { ...conversation, turns: conversation.turns.slice(0, -1) },
    draft: draft === "" ? (unanswered?.question ?? "") : draft,
  };
  try {
    storage.setItem(KEY, JSON.stringify({ person, ...kept }));
  } catch {
    // A full or forbidden storage costs the transcript on this page, not the conversation on the server.
  }
}

/** Takes back what was kept, once, and only for the same person. */
export function takeBack(storage: Storage, person: string): Keepsake | undefined {
  const json = storage.getItem(KEY);
  storage.removeItem(KEY);
  if (json === null) return undefined;
  try {
    const kept = JSON.parse(json) as Keepsake & { person: string };
    return kept.person === person ? { conversation: kept.conversation, draft: kept.draft } : undefined;
  } catch {
    return undefined;
  }
}
