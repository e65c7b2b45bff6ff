import { useId } from "react";
import { type Failure } from "../../lib/failure";
import { failureText, text } from "../../text/en";
import { Icon } from "../../ui/Icon";

interface Props {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignIn?: (() => void) | undefined;
}

const SIGN_IN_HELPS = [
  "session_expired",
  "sign_in_failed",
  "sign_in_again",
  "sign_in_required",
  "step_up_needed",
  "invalid_token",
  "http_401",
];

/** One sentence on what went wrong, the id to quote, and the way on. */
export function ErrorCard({ failure, onRetry, onSignIn }: Props) {
  const titleId = useId();
  const signInHelps = failure.status === 401 || SIGN_IN_HELPS.includes(failure.reason);
  return (
    <section
      className="card error"
      role="alert"
      aria-labelledby={titleId}
      data-testid="error-card"
      data-reason={failure.reason}
    >
      <h3 id={titleId}>
        <Icon name="alert" />
        {text.error.title}
      </h3>
      <p>{failureText(failure)}</p>
      {failure.correlationId !== undefined && (
        <p className="correlation">
          {text.error.correlation} <code data-testid="correlation-id">{failure.correlationId}</code>
        </p>
      )}
      <p className="actions">
        {onSignIn !== undefined && signInHelps && (
          <button type="button" className="button primary" onClick={onSignIn}>
            {text.error.signIn}
          </button>
        )}
        {onRetry !== undefined && (
          <button type="button" className="button" data-testid="retry" onClick={onRetry}>
            <Icon name="retry" />
            {text.error.retry}
          </button>
        )}
      </p>
    </section>
  );
}
