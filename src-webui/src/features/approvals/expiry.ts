import { type Approval } from "../../lib/approval";

/** How much time is left, as coarsely as it is told. */
export type Left =
  | { readonly kind: "expired" }
  | { readonly kind: "seconds"; readonly seconds: number }
  | { readonly kind: "minutes"; readonly minutes: number };

const MINUTE_MS = 60_000;
const STEP_MS = 10_000;

/** In minutes, and in steps of ten seconds in the last one; always rounded down, so that nobody is promised too much. */
export function leftOf(expiresAt: number, now: number): Left {
  const left = expiresAt - now;
  if (left <= 0) return { kind: "expired" };
  return left >= MINUTE_MS
    ? { kind: "minutes", minutes: Math.floor(left / MINUTE_MS) }
    : { kind: "seconds", seconds: (Math.floor(left / STEP_MS) * STEP_MS) / 1_000 };
}

/** In how many milliseconds the words of {@link leftOf} change next; undefined once they never do. */
export function nextChange(expiresAt: number, now: number): number | undefined {
  const left = expiresAt - now;
  if (left <= 0) return undefined;
  // Just past the border, on whose other side the words are new.
  return Math.min((left % (left >= MINUTE_MS ? MINUTE_MS : STEP_MS)) + 1, left);
}

/** Whether it can no longer be decided, as the server says or as the clock does. */
export function isOver({ state, expiresAt }: Approval, now: number): boolean {
  return state !== "pending" || now >= expiresAt;
}
