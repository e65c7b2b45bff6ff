import { type FilterField, FILTER_FIELDS, type RecordFilter } from "../../lib/record-filter";
import { shortened } from "../../lib/shortened";
import { text } from "../../text/en";
import { type AuditRecord, stateOf, type Verification } from "./api";

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** A moment to the second, as people read it. */
export function momentOf(at: string): string {
  return moment.format(new Date(at));
}

export function actionOf({ action }: Pick<AuditRecord, "action">): string {
  return wordOf(text.audit.actions, action);
}

export function decisionOf({ decision }: Pick<AuditRecord, "decision">): string {
  return wordOf(text.audit.decisions, decision);
}

export function ruleOf({ rule }: Pick<AuditRecord, "rule">): string | undefined {
  return rule === undefined ? undefined : wordOf(text.audit.rules, rule);
}

const PLAIN = ["done", "listed", "read", "joined"];

/** What came of it, where that does not go without saying. */
export function outcomeOf({ decision, outcome }: AuditRecord): string | undefined {
  const plain = decision === "permit" ? PLAIN : ["refused"];
  return outcome === undefined || plain.includes(outcome) ? undefined : wordOf(text.audit.outcomes, outcome);
}

export function fieldOf(name: string): string {
  return wordOf(text.audit.fields, name);
}

/** How the records that a filter lets through are called. */
export function titleOf(filter: RecordFilter): string {
  const what = subjectOf(filter);
  return what === "" ? text.audit.allRecords : text.audit.recordsOf(what);
}

/** What the records that a filter lets through have in common; empty where that is nothing. */
export function subjectOf(filter: RecordFilter): string {
  return FILTER_FIELDS.flatMap((field) => {
    const value = filter[field];
    return value === undefined ? [] : [partOf(field, value)];
  }).join(", ");
}

function partOf(field: FilterField, value: string): string {
  return field === "order" ? value : text.audit.parts[field](shortened(value));
}

/** What was found, in a sentence or two. */
export function verdictOf(verification: Verification): string {
  const { records, reason, checkpoint } = verification;
  // What nobody has signed is no better than what is not in the chain.
  const sealed = checkpoint === undefined ? 0 : verification.sealed;
  switch (stateOf(verification)) {
    case "holds":
      return records === 0 ? text.audit.verdict.nothing : text.audit.verdict.holds(records);
    case "partly":
      return text.audit.verdict.holdsSoFar(sealed, records - sealed);
    case "broken":
      return reason === undefined
        ? text.audit.verdict.broken
        : `${text.audit.verdict.broken} ${wordOf(text.audit.verdict.reasons, reason)}`;
  }
}

/** What there is no word for is shown as the server calls it. */
function wordOf(words: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(words, name) ? (words[name] ?? name) : name;
}
