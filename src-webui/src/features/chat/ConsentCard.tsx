import { useId } from "react";
import { type ConsentRequest } from "../../lib/run-events";
import { text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { type Chat, type Waiting } from "./chat";
import { type LinkRules, safeConsentLink } from "./consent-link";

interface Props {
  readonly request: ConsentRequest;
  readonly waiting: Waiting;
  readonly rules: LinkRules;
  readonly chat: Chat;
}

/** Asks the person for a consent that the agent's broker keeps; the run goes on by itself when it is given. */
export function ConsentCard({ request, waiting, rules, chat }: Props) {
  const titleId = useId();
  const link = safeConsentLink(request.link, rules);
  return (
    <section className="card consent" aria-labelledby={titleId} data-testid="consent-card">
      <h3 id={titleId}>
        <Icon name="key" />
        {text.consent.title(request.agent ?? text.consent.someAgent)}
      </h3>
      <p>{text.consent.why}</p>
      {request.scopes.length > 0 && <Scopes scopes={request.scopes} />}
      {link === undefined && <p className="notice">{text.consent.unsafe}</p>}
      <p className="actions">
        {link !== undefined && (
          <a
            className={waiting.linkOpened ? "button" : "button primary"}
            data-testid="consent-link"
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            onClick={() => chat.consentLinkOpened()}
            onAuxClick={(event) => event.button === 1 && chat.consentLinkOpened()}
          >
            {waiting.linkOpened ? text.consent.openAgain : text.consent.open}
            <Icon name="external" />
            <span className="sr-only">({text.consent.newTab})</span>
          </a>
        )}
        {waiting.linkOpened && (
          <button
            type="button"
            className="button"
            data-testid="consent-check"
            onClick={() => void chat.checkConsent()}
          >
            {text.consent.check}
          </button>
        )}
        <button
          type="button"
          className="button"
          data-testid="consent-decline"
          onClick={() => void chat.decline()}
        >
          {text.consent.decline}
        </button>
      </p>
      <p className="consent-waiting" role="status">
        {waiting.linkOpened && (waiting.pollsUsedUp ? text.consent.pollsUsedUp : text.consent.waiting)}
      </p>
    </section>
  );
}

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  return (
    <>
      <p className="consent-wants">{text.consent.wants}</p>
      <ul className="scopes">
        {scopes.map((scope) => (
          <li key={scope}>
            {inPlainWords(scope)} <code>{scope}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Scopes may come qualified (`api://.../Orders.Read`); words exist for the last part. */
function inPlainWords(scope: string): string {
  return text.consent.scopes[scope.slice(scope.lastIndexOf("/") + 1)] ?? "";
}
