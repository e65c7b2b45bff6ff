import { useId } from "react";
import { type Failure } from "../lib/failure";
import { hashOf } from "../lib/route";
import { failureText, text } from "../text/en";
import { Icon } from "./Icon";

interface Props {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignIn?: (() => void) | undefined;
}

/** One sentence on what went wrong, the id to quote, and the way on. */
export function ErrorCard({ failure, onRetry, onSignIn }: Props) {
  const titleId = useId();
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
        {onSignIn !== undefined && (
          <button type="button" className="button primary" data-testid="sign-in-again" onClick={onSignIn}>
            {text.error.signIn}
          </button>
        )}
        {failure.reason === "consent_revoked" && (
          <a className="button primary" data-testid="to-access" href={hashOf({ page: "consents" })}>
            {text.error.toAccess}
          </a>
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
