import { text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { type ToolCall } from "./conversation";

interface Props {
  readonly call: ToolCall;
  /** Whether the turn waits for the person, and with it a call that has no result yet. */
  readonly waiting: boolean;
}

/** One tool call in a line that opens to its arguments and its result. */
export function ToolLine({ call, waiting }: Props) {
  const words = waiting && call.status === "running" ? text.tool.waiting : text.tool.status[call.status];
  return (
    <details className="tool" data-testid="tool-call" data-tool={call.name} data-status={call.status}>
      <summary>
        <Icon name="chevron" />
        <span className="tool-label">{text.tool.called}</span> <code>{call.name}</code>
        <span className={`tool-status ${call.status}`}>{words}</span>
      </summary>
      <div className="tool-details">
        {call.args === "" && call.result === undefined && <p>{text.tool.noDetails}</p>}
        {call.args !== "" && <Detail title={text.tool.args} content={call.args} />}
        {call.result !== undefined && <Detail title={text.tool.result} content={call.result} />}
      </div>
    </details>
  );
}

function Detail({ title, content }: { readonly title: string; readonly content: string }) {
  return (
    <>
      <p className="tool-detail-title">{title}</p>
      <pre tabIndex={0} role="region" aria-label={title}>
        {indented(content)}
      </pre>
    </>
  );
}

function indented(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
