import { createContext, useContext } from "react";
import { type Chat, type Waiting } from "./chat";
import { type LinkRules } from "./consent-link";

/** What the parts of the conversation share. */
export interface ChatContextValue {
  readonly chat: Chat;
  readonly waiting: Waiting;
  readonly linkRules: LinkRules;
  readonly signInAgain: () => void;
}

export const ChatContext = createContext<ChatContextValue | null>(null);

export function useChatContext(): ChatContextValue {
  const value = useContext(ChatContext);
  if (value === null) throw new Error("used outside of the conversation");
  return value;
}
