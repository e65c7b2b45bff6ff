import {
  AssistantRuntimeProvider,
  ComposerPrimitive,
  MessagePrimitive,
  type ThreadMessageLike,
  ThreadPrimitive,
  useAui,
  useAuiState,
  useExternalStoreRuntime,
} from "@assistant-ui/react";
import { type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { signInHelps } from "../../lib/failure";
import { text } from "../../text/en";
import { ErrorCard } from "../../ui/ErrorCard";
import { Icon } from "../../ui/Icon";
import { announcementOf } from "./announcement";
import { Answer } from "./Answer";
import { type Chat, type ChatState } from "./chat";
import { type LinkRules } from "./consent-link";
import { type ApprovalView, ChatContext } from "./context";
import { lastTurn, type Turn } from "./conversation";

interface Props {
  readonly chat: Chat;
  readonly state: ChatState;
  readonly linkRules: LinkRules;
  /** Whether the server asks nobody to sign in, so that there is nobody in whose name an agent could answer. */
  readonly open: boolean;
  /** Where the person chooses who answers, for as long as nothing has been said. */
  readonly agentChoice: ReactNode;
  readonly approvalView: ApprovalView;
  readonly initialDraft: string;
  readonly onDraft: (draft: string) => void;
  readonly signInAgain: () => void;
}

/** One side of a turn, in the form in which the thread lists messages. */
interface Entry {
  readonly role: "user" | "assistant";
  readonly turn: Turn;
  readonly isLast: boolean;
}

/**
 * The conversation and its message box. assistant-ui keeps the thread's behaviour (scrolling, keys, sending);
 * what is said, and when, is in our own store.
 */
export function ChatPanel(props: Props) {
  const { chat, state, linkRules, open, agentChoice, approvalView, initialDraft, onDraft, signInAgain } =
    props;
  const { conversation, waiting, opening } = state;
  const entries = useMemo(() => entriesOf(conversation.turns), [conversation.turns]);
  const last = lastTurn(conversation);
  const runtime = useExternalStoreRuntime<Entry>({
    messages: entries,
    convertMessage: messageOf,
    isRunning: last?.status === "running",
    isSendDisabled: last?.status === "waiting" || opening !== undefined,
    onNew: (message) => {
      const question = message.content
        .flatMap((part) => (part.type === "text" ? [part.text] : []))
        .join("\n");
      void chat.send(question);
      return Promise.resolve();
    },
    onCancel: () => {
      chat.stop();
      return Promise.resolve();
    },
  });
  usePersonReturns(chat);
  const agent = conversation.agentName ?? text.chat.agentFallback;
  const context = useMemo(
    () => ({ chat, waiting, linkRules, approvalView, signInAgain }),
    [chat, waiting, linkRules, approvalView, signInAgain],
  );
  return (
    <ChatContext value={context}>
      <AssistantRuntimeProvider runtime={runtime}>
        <ThreadPrimitive.Root className="thread">
          <ThreadPrimitive.Viewport
            className="log"
            role="log"
            aria-live="off"
            aria-label={text.chat.log}
            tabIndex={0}
          >
            {opening !== undefined ? (
              <Opening chat={chat} opening={opening} signInAgain={signInAgain} />
            ) : last === undefined ? (
              open ? (
                <Off />
              ) : (
                <Empty agent={agent} chat={chat} agentChoice={agentChoice} />
              )
            ) : (
              <div className="messages">
                <h2 className="sr-only">{text.chat.log}</h2>
                <ThreadPrimitive.Messages components={{ UserMessage, AssistantMessage }} />
              </div>
            )}
          </ThreadPrimitive.Viewport>
          <ThreadPrimitive.ScrollToBottom className="button round to-bottom" aria-label={text.chat.toBottom}>
            <Icon name="down" />
          </ThreadPrimitive.ScrollToBottom>
          <Composer last={last} initialDraft={initialDraft} onDraft={onDraft} />
          <p className="sr-only" role="status" data-testid="announcer">
            {announcementOf(last, agent, approvalView.title)}
          </p>
        </ThreadPrimitive.Root>
      </AssistantRuntimeProvider>
    </ChatContext>
  );
}

interface OpeningProps {
  readonly chat: Chat;
  readonly opening: NonNullable<ChatState["opening"]>;
  readonly signInAgain: () => void;
}

function Opening({ chat, opening: { id, problem }, signInAgain }: OpeningProps) {
  if (problem === undefined)
    return (
      <div className="empty">
        <p role="status">{text.conversations.opening}</p>
      </div>
    );
  return (
    <ErrorCard
      failure={problem}
      onRetry={problem.status === 404 ? undefined : () => void chat.open(id)}
      onSignIn={signInHelps(problem) ? signInAgain : undefined}
    />
  );
}

interface EmptyProps {
  readonly agent: string;
  readonly chat: Chat;
  readonly agentChoice: ReactNode;
}

function Empty({ agent, chat, agentChoice }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{text.chat.emptyTitle}</h2>
      <p>{text.chat.emptyIntro(agent)}</p>
      <ul className="suggestions" aria-label={text.chat.suggestionsLabel}>
        {text.chat.suggestions.map((suggestion) => (
          <li key={suggestion}>
            <button type="button" className="chip" onClick={() => void chat.send(suggestion)}>
              {suggestion}
            </button>
          </li>
        ))}
      </ul>
      {agentChoice}
    </div>
  );
}

function Off() {
  return (
    <div className="empty" data-testid="chat-off">
      <h2>{text.open.title}</h2>
      <p>{text.open.intro}</p>
    </div>
  );
}

function UserMessage() {
  const { turn } = useEntry();
  return (
    <MessagePrimitive.Root className="message user" data-testid="message-user">
      <h3 className="sr-only">{text.chat.you}</h3>
      <p className="bubble">{turn.question}</p>
      <Time at={turn.askedAt} />
    </MessagePrimitive.Root>
  );
}

function AssistantMessage() {
  const { turn, isLast } = useEntry();
  return (
    <MessagePrimitive.Root
      className="message assistant"
      data-testid="message-assistant"
      data-status={turn.status}
    >
      <AgentHeading />
      <Answer turn={turn} isLast={isLast} />
    </MessagePrimitive.Root>
  );
}

function AgentHeading() {
  return <h3 className="sr-only">{text.header.agent}</h3>;
}

const timeFormat = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function Time({ at }: { readonly at: number }) {
  return (
    <time className="time" dateTime={new Date(at).toISOString()}>
      {timeFormat.format(at)}
    </time>
  );
}

function Composer({
  last,
  initialDraft,
  onDraft,
}: { last: Turn | undefined } & Pick<Props, "initialDraft" | "onDraft">) {
  const aui = useAui();
  const draft = useAuiState((s) => s.composer.text);
  const hintId = useId();
  const unsent = useRef(initialDraft);
  useEffect(() => {
    // Once: put back any later, it would take away what has been typed since.
    if (unsent.current !== "") aui.composer.setText(unsent.current);
    unsent.current = "";
  }, [aui]);
  useEffect(() => onDraft(draft), [draft, onDraft]);
  const running = last?.status === "running";
  useEffect(() => {
    // The stop button goes away with the answer, and the focus with it.
    if (!running && document.activeElement === document.body) document.getElementById("composer")?.focus();
  }, [running]);
  return (
    <ComposerPrimitive.Root className="composer">
      <div className="composer-box">
        <ComposerPrimitive.Input
          id="composer"
          className="composer-input"
          data-testid="composer"
          aria-label={text.chat.composerLabel}
          aria-describedby={hintId}
          placeholder={text.chat.placeholder}
          rows={1}
          maxRows={8}
          maxLength={8000}
          autoFocus
        />
        {running ? (
          <ComposerPrimitive.Cancel
            className="button round stop"
            data-testid="stop"
            aria-label={text.chat.stop}
          >
            <Icon name="stop" />
          </ComposerPrimitive.Cancel>
        ) : (
          <ComposerPrimitive.Send
            className="button primary round"
            data-testid="send"
            aria-label={text.chat.send}
          >
            <Icon name="send" />
          </ComposerPrimitive.Send>
        )}
      </div>
      <p id={hintId} className="hint">
        {running
          ? text.chat.hintRunning
          : last?.status === "waiting"
            ? text.chat.hintWaiting
            : text.chat.hint}
      </p>
    </ComposerPrimitive.Root>
  );
}

/** Tells the chat when the person is back from another window or tab, and lets Esc stop an answer anywhere. */
function usePersonReturns(chat: Chat): void {
  useEffect(() => {
    const returned = () => {
      if (document.visibilityState === "visible") chat.personReturned();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) chat.stop();
    };
    window.addEventListener("focus", returned);
    document.addEventListener("visibilitychange", returned);
    document.addEventListener("keydown", escape);
    return () => {
      window.removeEventListener("focus", returned);
      document.removeEventListener("visibilitychange", returned);
      document.removeEventListener("keydown", escape);
    };
  }, [chat]);
}

function useEntry(): Entry {
  return useAuiState((s) => s.message.metadata.custom.entry) as Entry;
}

function entriesOf(turns: readonly Turn[]): Entry[] {
  return turns.flatMap((turn, i) => {
    const isLast = i === turns.length - 1;
    return [
      { role: "user" as const, turn, isLast },
      { role: "assistant" as const, turn, isLast },
    ];
  });
}

/** The thread needs to know who speaks and whether they have finished; the rest is drawn from the turn. */
function messageOf(entry: Entry): ThreadMessageLike {
  const { role, turn } = entry;
  const base = {
    id: `${turn.id}-${role}`,
    createdAt: new Date(turn.askedAt),
    metadata: { custom: { entry } },
  };
  if (role === "user") return { ...base, role, content: turn.question };
  const content = turn.parts
    .filter((part) => part.kind !== "decided")
    .map((part) =>
      part.kind === "text"
        ? { type: "text" as const, text: part.text }
        : { type: "tool-call" as const, toolCallId: part.id, toolName: part.name, argsText: part.args },
    );
  return {
    ...base,
    role,
    content,
    status: turn.status === "running" ? { type: "running" } : { type: "complete", reason: "stop" },
  };
}
