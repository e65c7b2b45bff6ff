/**
 * What went wrong, in the form in which it is shown: a stable reason, the server's own sentence where it sent
 * one, in how many seconds it may go better, and the id under which the server's log knows it.
 */
export interface Failure {
  readonly reason: string;
  readonly status?: number;
  readonly detail?: string;
  readonly retryAfter?: number;
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
  "sign_in_ended",
  "sign_in_failed",
  "sign_in_required",
  "sign_in_again",
  "invalid_token",
  "step_up_needed",
  "insufficient_claims",
];

/** Failures that another sign-in mends, whether they came as a status or in the middle of a stream. */
export function signInHelps(failure: Failure): boolean {
  return failure.status === 401 || SIGN_IN_HELPS.includes(failure.reason);
}

const STAYS = [
  "not_a_stream",
  "interrupt_unknown",
  "app_may_not_chat",
  "agent_identity_shared",
  "acts_as_itself",
  "not_a_chat_agent",
  "passthrough_off",
  "answer_unknown",
  "mcp_only",
  "reading_only",
  "role_not_sufficient",
  "tool_not_granted",
  "approval_denied",
  "approval_used",
  "approvals_wait",
  "insufficient_scope",
  "user_required",
  "client_not_registered",
  "authentication_off",
  "invalid_request",
  "request_invalid",
  "bad_request",
  "body_invalid",
  "body_too_large",
  "value_invalid",
  "value_missing",
  "property_unknown",
  "too_large",
  "headers_too_large",
  "address_too_long",
  "body_encoded",
  "length_required",
  "protocol_not_supported",
  "method_unknown",
  "header_malformed",
  "header_repeated",
  "host_missing",
  "host_not_allowed",
  "host_mismatch",
  "origin_not_allowed",
  "media_type_not_supported",
  "method_not_allowed",
  "not_acceptable",
  "not_found",
  "http_400",
  "http_403",
  "http_404",
  "http_413",
];

/**
 * Whether the same message may fare better the next time as it is: not where another sign-in is needed, and not where
 * the message, this page or the person's rights, as their token tells them, would have to change before.
 */
export function retryHelps(failure: Failure): boolean {
  return !signInHelps(failure) && !STAYS.includes(failure.reason);
}
