import { type Approval } from "../../lib/approval";
import { type Failure } from "../../lib/failure";
import { text } from "../../text/en";
import { orderIdOf } from "./effect";

/** Names and ids that may stand in the middle of a sentence of ours; the arguments are an agent's own writing. */
const PLAIN = /^[\w.-]{1,64}$/;

/** What a call would do, in words that follow "asks to". */
export function deedOf(approval: Approval): string {
  const { deeds, otherDeed } = text.approval;
  const deed = Object.hasOwn(deeds, approval.tool) ? deeds[approval.tool] : undefined;
  return deed === undefined ? otherDeed(plain(approval.tool)) : deed(plain(orderIdOf(approval)));
}

function plain(value: string | undefined): string | undefined {
  return value !== undefined && PLAIN.test(value) ? value : undefined;
}

/** What was decided about it, in a line; where it was not decided here, that is said, too. */
export function noteOf(approval: Approval, problem: Failure | undefined): string {
  const note = text.approval.notes[approval.state]?.(deedOf(approval)) ?? deedOf(approval);
  const elsewhere = problem === undefined ? undefined : text.approval.problems[problem.reason];
  return elsewhere === undefined ? note : `${note}. ${elsewhere}`;
}

/** The asking agent and the deed, as a title and for the ear. */
export function titleOf(approval: Approval): string {
  return text.approval.title(approval.agent, deedOf(approval));
}
