import { useEffect, useRef, useState } from "react";
import { type Approval } from "../../lib/approval";
import { text } from "../../text/en";
import { useChatContext } from "./context";

/** What a turn waits for, one card for each; there is no way to approve several at once. */
export function ApprovalCards({ approvals }: { readonly approvals: readonly Approval[] }) {
  const { approvalView, waiting } = useChatContext();
  const over = useOver(approvals);
  return (
    <>
      {approvals.map((approval) => (
        <div key={approval.id} className="slot">
          {approvalView.card(approval)}
        </div>
      ))}
      {over && waiting.stalled !== true && (
        <p className="ending">
          {text.approval.over} <GoOnButton />
        </p>
      )}
    </>
  );
}

export function GoOnButton() {
  const { chat } = useChatContext();
  return (
    <button type="button" className="button small" data-testid="go-on" onClick={() => void chat.goOn()}>
      {text.approval.goOn}
    </button>
  );
}

/** True once the time of all of them is over: the person then says when to go on, since nobody decided anything. */
function useOver(approvals: readonly Approval[]): boolean {
  const last = Math.max(...approvals.map((approval) => approval.expiresAt));
  const [over, setOver] = useState(() => Date.now() >= last);
  const timer = useRef<number>(undefined);
  useEffect(() => {
    const left = last - Date.now();
    setOver(left <= 0);
    if (left > 0) timer.current = window.setTimeout(() => setOver(true), left);
    return () => window.clearTimeout(timer.current);
  }, [last]);
  return over;
}
