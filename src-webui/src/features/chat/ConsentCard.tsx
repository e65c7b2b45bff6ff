import { type Ref, useId } from "react";
import { type ConsentRequest } from "../../lib/consent";
import { failureText, text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { Scopes } from "../../ui/Scopes";
import { type Chat, type Waiting } from "./chat";
import { type LinkRules, safeConsentLink } from "./consent-link";
import { useFocusWhenIdle } from "./focus";

interface Props {
  readonly request: ConsentRequest;
  readonly waiting: Waiting;
  readonly rules: LinkRules;
  readonly chat: Chat;
}

/** Asks the person for a consent: one that the agent's broker keeps, or one of ours. */
export function ConsentCard(props: Props) {
  return props.request.link === undefined ? <OurConsent {...props} /> : <LinkedConsent {...props} />;
}

/** A consent that this server keeps is given right here. */
function OurConsent({ request, waiting, chat }: Props) {
  const titleId = useId();
  const heading = useFocusWhenIdle();
  const { answered, problem } = waiting;
  const answer = (decision: "allow" | "deny") => {
    if (answered === undefined) void chat.decideConsent(decision);
  };
  return (
    <section className="card consent" aria-labelledby={titleId} data-testid="consent-card" data-kind="own">
      <Title id={titleId} request={request} headingRef={heading} />
      <Scopes title={text.consent.wants} scopes={request.scopes} />
      <p className="consent-waiting">{text.consent.here}</p>
      {problem !== undefined && (
        <p className="notice" role="alert">
          <Icon name="alert" />
          {failureText(problem)}
        </p>
      )}
      <p className="actions">
        {(["allow", "deny"] as const).map((decision) => (
          <button
            key={decision}
            type="button"
            className={decision === "allow" ? "button primary" : "button"}
            data-testid={`consent-${decision}`}
            aria-disabled={answered !== undefined}
            aria-describedby={titleId}
            onClick={() => answer(decision)}
          >
            {text.consent[decision]}
          </button>
        ))}
      </p>
      <p className="consent-waiting" role="status">
        {answered !== undefined && (answered === "allow" ? text.consent.allowing : text.consent.denying)}
      </p>
    </section>
  );
}

/** The run goes on by itself when the consent is given elsewhere. */
function LinkedConsent({ request, waiting, rules, chat }: Props) {
  const titleId = useId();
  const link = safeConsentLink(request.link, rules);
  return (
    <section className="card consent" aria-labelledby={titleId} data-testid="consent-card">
      <Title id={titleId} request={request} />
      <Scopes title={text.consent.wants} scopes={request.scopes} />
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

interface TitleProps {
  readonly id: string;
  readonly request: ConsentRequest;
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

function Title({ id, request, headingRef }: TitleProps) {
  return (
    <>
      <h3 id={id} ref={headingRef} tabIndex={headingRef === undefined ? undefined : -1}>
        <Icon name="key" />
        {text.consent.title(request.agent ?? text.consent.someAgent)}
      </h3>
      <p>{text.consent.why}</p>
    </>
  );
}
