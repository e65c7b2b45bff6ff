import { useId } from "react";
import { failureText, text } from "../../text/en";
import { Icon, type IconName } from "../../ui/Icon";
import { stateOf, type Verification } from "./api";
import { type Verdict } from "./records";
import { momentOf, verdictOf } from "./words";

type State = "checking" | "holds" | "partly" | "broken" | "unknown";

const icons: Record<State, IconName> = {
  checking: "clock",
  holds: "shield",
  partly: "clock",
  broken: "alert",
  unknown: "alert",
};

/** Whether what is shown is as it was signed. */
export function VerdictCard({ verdict }: { readonly verdict: Verdict }) {
  const titleId = useId();
  const state = stateOfCard(verdict);
  return (
    <section
      className={`card verdict ${state}`}
      aria-labelledby={titleId}
      data-testid="audit-verdict"
      data-state={state}
    >
      <h4 id={titleId}>{text.audit.verdict.title}</h4>
      <p key={state} className="verdict-said" role={state === "broken" ? "alert" : "status"}>
        <Icon name={icons[state]} />
        <span>{sentenceOf(verdict)}</span>
      </p>
      {verdict.kind === "failed" && <p className="muted">{failureText(verdict.failure)}</p>}
      {verdict.kind === "told" && <Signed verification={verdict.verification} />}
    </section>
  );
}

function Signed({ verification }: { readonly verification: Verification }) {
  const { checkpoint } = verification;
  return (
    <>
      {stateOf(verification) === "broken" && <p>{text.audit.verdict.advice}</p>}
      <p className="muted" data-testid="audit-signed">
        {checkpoint === undefined
          ? text.audit.verdict.unsigned
          : text.audit.verdict.signed(checkpoint.size.toLocaleString("en-GB"), momentOf(checkpoint.at))}
      </p>
      {checkpoint !== undefined && (
        <details className="exact">
          <summary>
            <Icon name="chevron" />
            {text.audit.verdict.note}
          </summary>
          <pre tabIndex={0} role="region" aria-label={text.audit.verdict.note}>
            {checkpoint.note}
          </pre>
        </details>
      )}
    </>
  );
}

function stateOfCard(verdict: Verdict): State {
  if (verdict.kind === "checking") return "checking";
  return verdict.kind === "failed" ? "unknown" : stateOf(verdict.verification);
}

function sentenceOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case "checking":
      return text.audit.verdict.checking;
    case "failed":
      return text.audit.verdict.failed;
    case "told":
      return verdictOf(verdict.verification);
  }
}
