import { type Ref, useEffect, useId, useRef, useState } from "react";
import { type Decision } from "../../lib/approval";
import { failureText, text } from "../../text/en";
import { Icon, type IconName } from "../../ui/Icon";
import { type Entry } from "./approvals";
import { EffectTable } from "./EffectTable";
import { isOver, leftOf, nextChange } from "./expiry";
import { titleOf } from "./words";

interface Props {
  readonly entry: Entry;
  readonly onDecide: (decision: Decision) => void;
  readonly headingRef?: Ref<HTMLHeadingElement> | undefined;
}

/**
 * Asks the person to approve one call: who asks, what would happen, and until when. All that came from agents and orders
 * is text and nothing else; `bdi` keeps writing directions in it from rearranging what stands beside it.
 */
export function ApprovalCard({ entry, onDecide, headingRef }: Props) {
  const { approval, deciding, problem, gone } = entry;
  const titleId = useId();
  const now = useNow(approval.state === "pending" ? approval.expiresAt : 0);
  const over = gone === true || isOver(approval, now);
  const state = approval.state === "pending" && now >= approval.expiresAt ? "expired" : approval.state;
  const outcome = useFocusAfterDecision(over);
  const decide = (decision: Decision) => {
    if (deciding === undefined && !over) onDecide(decision);
  };
  return (
    <section
      className="card approval"
      aria-labelledby={titleId}
      data-testid="approval-card"
      data-approval={approval.id}
      data-state={gone === true ? "gone" : state}
    >
      <h3 id={titleId} ref={headingRef} tabIndex={-1}>
        <Icon name="shield" />
        <span>{titleOf(approval)}</span>
      </h3>
      {!over && <p className="approval-why">{text.approval.why}</p>}
      <EffectTable approval={approval} />
      <details className="exact">
        <summary>
          <Icon name="chevron" />
          {text.approval.exact}
        </summary>
        <p>
          <code>{approval.tool}</code>
        </p>
        <pre tabIndex={0} role="region" aria-label={text.approval.exact}>
          {JSON.stringify(approval.arguments, null, 2)}
        </pre>
      </details>
      {problem !== undefined && state !== "expired" && (
        <p className="notice" role="alert" data-testid="approval-problem">
          <Icon name="alert" />
          {text.approval.problems[problem.reason] ?? failureText(problem)}
        </p>
      )}
      {over ? (
        gone !== true && <Outcome state={state} target={outcome} />
      ) : (
        <>
          <p className="approval-expiry" data-testid="approval-expiry">
            <Icon name="clock" />
            {deciding === undefined ? wordsFor(approval.expiresAt, now) : text.approval.deciding}
          </p>
          <p className="actions">
            <DecisionButton kind="approve" titleId={titleId} busy={deciding !== undefined} onClick={decide} />
            <DecisionButton kind="deny" titleId={titleId} busy={deciding !== undefined} onClick={decide} />
          </p>
        </>
      )}
      <p className="sr-only" role="status">
        {spoken(approval.expiresAt, now, state, deciding)}
      </p>
    </section>
  );
}

interface DecisionButtonProps {
  readonly kind: Decision;
  readonly titleId: string;
  readonly busy: boolean;
  readonly onClick: (decision: Decision) => void;
}

/** A button that is busy keeps the focus, which a disabled one would lose. */
function DecisionButton({ kind, titleId, busy, onClick }: DecisionButtonProps) {
  return (
    <button
      type="button"
      className={kind === "approve" ? "button primary" : "button"}
      data-testid={`approval-${kind}`}
      aria-describedby={titleId}
      aria-disabled={busy}
      onClick={() => onClick(kind)}
    >
      <Icon name={kind === "approve" ? "check" : "no"} />
      {text.approval[kind]}
    </button>
  );
}

const outcomeIcons: Record<string, IconName> = {
  approved: "check",
  used: "check",
  denied: "no",
  expired: "clock",
};

interface OutcomeProps {
  readonly state: string;
  readonly target: Ref<HTMLParagraphElement>;
}

function Outcome({ state, target }: OutcomeProps) {
  return (
    <p className={`approval-outcome ${state}`} data-testid="approval-outcome" ref={target} tabIndex={-1}>
      <Icon name={outcomeIcons[state] ?? "alert"} />
      {text.approval.outcomes[state]}
    </p>
  );
}

function wordsFor(expiresAt: number, now: number): string {
  const left = leftOf(expiresAt, now);
  if (left.kind === "expired") return "";
  const { minutes, seconds, expires } = text.approval;
  return expires(left.kind === "minutes" ? minutes(left.minutes) : seconds(left.seconds));
}

/** A screen reader hears of the last minute and of the end, not of each step. */
function spoken(expiresAt: number, now: number, state: string, deciding: Decision | undefined): string {
  if (deciding !== undefined) return text.approval.deciding;
  if (state !== "pending") return text.approval.outcomes[state] ?? "";
  return leftOf(expiresAt, now).kind === "seconds" ? text.approval.lastMinute : "";
}

/** The buttons go with the decision, and the focus with them: it moves on to the next card, else to the outcome. */
function useFocusAfterDecision(over: boolean): Ref<HTMLParagraphElement> {
  const outcome = useRef<HTMLParagraphElement>(null);
  const before = useRef(over);
  useEffect(() => {
    if (over && !before.current && document.activeElement === document.body) {
      const next = document.querySelector<HTMLElement>(".card.approval[data-state=pending] h3");
      (next ?? outcome.current)?.focus();
    }
    before.current = over;
  }, [over]);
  return outcome;
}

/** The time, told anew only when the words for what is left until then change. */
function useNow(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const current = Date.now();
    const wait = nextChange(until, current);
    if (wait === undefined) {
      setNow(current);
      return;
    }
    const timer = window.setTimeout(() => setNow(Date.now()), wait);
    return () => window.clearTimeout(timer);
  }, [until, now]);
  return now;
}
