import { createContext, type ReactNode, useContext } from "react";
import { type Approval } from "../../lib/approval";
import { type Chat, type Waiting } from "./chat";
import { type LinkRules } from "./consent-link";

/** How approvals are shown and said; their own feature knows. */
export interface ApprovalView {
  readonly card: (approval: Approval) => ReactNode;
  /** What was decided, in a line. */
  readonly note: (approval: Approval) => string;
  /** Who asks for what. */
  readonly title: (approval: Approval) => string;
}

/** What the parts of the conversation share. */
export interface ChatContextValue {
  readonly chat: Chat;
  readonly waiting: Waiting;
  readonly linkRules: LinkRules;
  readonly approvalView: ApprovalView;
  readonly signInAgain: () => void;
}

export const ChatContext = createContext<ChatContextValue | null>(null);

export function useChatContext(): ChatContextValue {
  const value = useContext(ChatContext);
  if (value === null) throw new Error("used outside of the conversation");
  return value;
}
