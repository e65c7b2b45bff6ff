/**
 * What went wrong, in the form in which it is shown: a stable reason, the server's own sentence where it sent
 * one, and the id under which the server's log knows it.
 */
export interface Failure {
  readonly reason: string;
  readonly status?: number;
  readonly detail?: string;
  readonly correlationId?: string;
}

/** Carries a {@link Failure} up to whoever shows it. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail ?? failure.reason);
    this.failure = failure;
  }
}

export function failureOf(error: unknown): Failure {
  return error instanceof FailureError ? error.failure : { reason: "unexpected" };
}

const TRANSIENT = ["network", "agent_unavailable", "unavailable", "busy"];

/** Failures that may pass by themselves, so that a bounded wait may go on. */
export function isTransient(failure: Failure): boolean {
  const { status } = failure;
  return (
    TRANSIENT.includes(failure.reason) ||
    status === 429 ||
    (status !== undefined && status >= 502 && status <= 504)
  );
}

const ENDS_CONVERSATION = ["conversation_not_found", "conversation_gone", "agent_not_found"];

/** Failures after which the conversation cannot be gone on with, so that the next message begins another. */
export function endsConversation(failure: Failure): boolean {
  return ENDS_CONVERSATION.includes(failure.reason);
}

const SIGN_IN_HELPS = [
  "session_expired",
  "sign_in_failed",
  "sign_in_required",
  "sign_in_again",
  "invalid_token",
  "step_up_needed",
];

/** Failures that another sign-in mends, whether they came as a status or in the middle of a stream. */
export function signInHelps(failure: Failure): boolean {
  return failure.status === 401 || SIGN_IN_HELPS.includes(failure.reason);
}
