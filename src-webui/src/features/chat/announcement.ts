import { type Approval } from "../../lib/approval";
import { text } from "../../text/en";
import { answerOf, type Turn } from "./conversation";

/** Long answers are announced by their beginning; the rest is there to read. */
const MAX_SPOKEN = 600;

/**
 * What a screen reader is told of a turn: its ends, not its tokens. Failures announce themselves as alerts.
 */
export function announcementOf(
  turn: Turn | undefined,
  agent: string,
  titleOf: (approval: Approval) => string,
): string {
  switch (turn?.status) {
    case "running":
      return text.chat.announceWorking;
    case "waiting":
      return waitFor(turn, agent, titleOf);
    case "stopped":
      return text.chat.announceStopped;
    case "done": {
      const spoken = withoutMarkup(answerOf(turn));
      if (spoken === "") return turn.declined ? text.chat.declined : text.chat.noText;
      return text.chat.announceAnswer(
        spoken.length > MAX_SPOKEN ? `${spoken.slice(0, MAX_SPOKEN)}…` : spoken,
      );
    }
    case "failed":
    case undefined:
      return "";
  }
}

function waitFor(turn: Turn, agent: string, titleOf: (approval: Approval) => string): string {
  const [approval, ...more] = turn.approvals ?? [];
  if (turn.consent !== undefined || approval === undefined)
    return text.chat.announceConsent(turn.consent?.agent ?? agent);
  return more.length === 0
    ? text.chat.announceApproval(titleOf(approval))
    : text.chat.announceApprovals(approval.agent, 1 + more.length);
}

function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/^\s*\|?[\s:|-]+\|[\s:|-]*$/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`#>|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
