import { signInHelps } from "../../lib/failure";
import { parseObject, stringOf } from "../../lib/json";
import { type Conversation, lastTurn, type Turn } from "./conversation";

const KEY = "throughline.keepsake";

/** What survives a trip to the sign-in page in the middle of work. */
export interface Keepsake {
  readonly conversation: Conversation;
  readonly draft: string;
}

/**
 * Keeps the conversation of one person for the time of a redirect. A question that waits for its answer, or for
 * another sign-in, goes back into the message box, before what was being written there.
 */
export function keep(storage: Storage, person: string, conversation: Conversation, draft: string): void {
  const last = lastTurn(conversation);
  const unanswered = last !== undefined && isUnanswered(last) ? last : undefined;
  const kept: Keepsake = {
    conversation:
      unanswered === undefined ? conversation : { ...conversation, turns: conversation.turns.slice(0, -1) },
    draft: [unanswered?.question ?? "", draft].filter((text) => text !== "").join("\n\n"),
  };
  try {
    storage.setItem(KEY, JSON.stringify({ person, ...kept }));
  } catch {
    // A full or forbidden storage costs the transcript on this page, not the conversation on the server.
  }
}

function isUnanswered(turn: Turn): boolean {
  return turn.status === "running" || (turn.failure !== undefined && signInHelps(turn.failure));
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

const OPEN = "throughline.conversation";

/** Remembers which conversation a person has open in this tab, so that a reload comes back to it. */
export function rememberOpen(storage: Storage, person: string, id: string | undefined): void {
  try {
    if (id === undefined) storage.removeItem(OPEN);
    else storage.setItem(OPEN, JSON.stringify({ person, id }));
  } catch {
    // Then a reload begins with an empty chat; the conversation is in the list.
  }
}

export function rememberedOpen(storage: Storage, person: string): string | undefined {
  const kept = parseObject(storage.getItem(OPEN) ?? "");
  return kept?.person === person ? stringOf(kept.id) : undefined;
}
