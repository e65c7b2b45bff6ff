import { type Approval } from "../../lib/approval";
import { retryHelps, signInHelps } from "../../lib/failure";
import { text } from "../../text/en";
import { CopyButton } from "../../ui/CopyButton";
import { ErrorCard } from "../../ui/ErrorCard";
import { Icon } from "../../ui/Icon";
import { ApprovalCards, GoOnButton } from "./ApprovalCards";
import { ConsentCard } from "./ConsentCard";
import { useChatContext } from "./context";
import { answerOf, type Part, type Turn } from "./conversation";
import { Markdown } from "./Markdown";
import { ToolLine } from "./ToolLine";

/** The agent's side of a turn: its words and tool calls, then what the person has to know or do. */
export function Answer({ turn, isLast }: { readonly turn: Turn; readonly isLast: boolean }) {
  const { chat, waiting, linkRules, signInAgain } = useChatContext();
  const answer = answerOf(turn);
  return (
    <div className="answer" data-status={turn.status} aria-busy={turn.status === "running"}>
      {turn.parts.map((part) => (
        <AnswerPart key={`${part.kind}:${part.id}`} part={part} waiting={turn.status === "waiting"} />
      ))}
      {turn.status === "running" && <Working started={turn.parts.length > 0} />}
      {turn.status === "waiting" && turn.consent !== undefined && (
        <ConsentCard request={turn.consent} waiting={waiting} rules={linkRules} chat={chat} />
      )}
      {turn.status === "waiting" && turn.approvals !== undefined && (
        <ApprovalCards approvals={turn.approvals} />
      )}
      {turn.status === "waiting" && waiting.stalled === true && (
        <p className="ending" role="alert">
          {text.approval.stalled} <GoOnButton />
        </p>
      )}
      {turn.status === "stopped" && (
        <p className="ending">
          {text.chat.stopped} {isLast && <RetryButton onRetry={() => void chat.retry()} />}
        </p>
      )}
      {turn.status === "done" && answer === "" && (
        <p className="ending">{turn.declined ? text.chat.declined : text.chat.noText}</p>
      )}
      {turn.failure !== undefined && (
        <ErrorCard
          failure={turn.failure}
          onRetry={isLast && retryHelps(turn.failure) ? () => void chat.retry() : undefined}
          onSignIn={isLast && signInHelps(turn.failure) ? signInAgain : undefined}
        />
      )}
      {turn.status === "done" && answer !== "" && (
        <CopyButton
          label={text.chat.copy}
          copied={text.chat.copied}
          failed={text.trail.copyFailed}
          content={() => answer}
        />
      )}
    </div>
  );
}

function AnswerPart({ part, waiting }: { readonly part: Part; readonly waiting: boolean }) {
  switch (part.kind) {
    case "text":
      return <Markdown source={part.text} />;
    case "tool":
      return <ToolLine call={part} waiting={waiting} />;
    case "decided":
      return <DecidedLine approval={part.approval} />;
  }
}

function DecidedLine({ approval }: { readonly approval: Approval }) {
  const { approvalView } = useChatContext();
  const icon = approval.state === "denied" ? "no" : approval.state === "expired" ? "clock" : "check";
  return (
    <p className={`decided ${approval.state}`} data-testid="decided" data-state={approval.state}>
      <Icon name={icon} />
      {approvalView.note(approval)}
    </p>
  );
}

function Working({ started }: { readonly started: boolean }) {
  return (
    <p className={started ? "working again" : "working"}>
      <span className="working-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <span>{text.chat.working}</span>
    </p>
  );
}

function RetryButton({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <button type="button" className="button quiet small" data-testid="retry" onClick={onRetry}>
      <Icon name="retry" />
      {text.chat.retry}
    </button>
  );
}
