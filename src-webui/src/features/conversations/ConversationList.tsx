import { type KeyboardEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { hashOf } from "../../lib/route";
import { failureText, text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { moved, moveOf } from "../../ui/list-keys";
import { When } from "../../ui/When";
import { type Summary } from "./api";
import { type Conversations } from "./conversations";

interface Props {
  readonly conversations: Conversations;
  readonly current: string | undefined;
  /** The link of a conversation was followed. */
  readonly onOpen: () => void;
  readonly onRemoved: (id: string) => void;
}

/**
 * The person's conversations, newest first. The list is one stop for the Tab key, however long it is; the arrow keys move
 * in it.
 */
export function ConversationList({ conversations, current, onOpen, onRemoved }: Props) {
  const { items, next, failure, notRemoved } = useSyncExternalStore(
    conversations.subscribe,
    conversations.list,
  );
  const titleId = useId();
  const hintId = useId();
  const [stop, setStop] = useState<string>();
  const [asking, setAsking] = useState<string>();
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => void conversations.refresh(), [conversations]);
  const focusOn = (id: string | undefined, part = "open") => {
    const row =
      id === undefined ? undefined : list.current?.querySelector(`[data-conversation="${CSS.escape(id)}"]`);
    const target = row?.querySelector<HTMLElement>(`[data-part=${part}]`);
    (target ?? document.getElementById(titleId))?.focus();
  };
  /** Once the list has been drawn anew. */
  const focusSoon = (id: string | undefined, part?: string) => window.setTimeout(() => focusOn(id, part));
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (move === undefined || items === undefined || items.length === 0 || asking !== undefined) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.id === (stop ?? items[0]?.id));
    const id = items[moved(move, Math.max(0, at), items.length)]?.id;
    setStop(id);
    focusOn(id);
  };
  const remove = async (id: string) => {
    const at = items?.findIndex((item) => item.id === id) ?? -1;
    const neighbour = items?.[at + 1] ?? items?.[at - 1];
    if (!(await conversations.remove(id))) return;
    setAsking(undefined);
    setStop(neighbour?.id);
    setSaid(text.conversations.removed);
    onRemoved(id);
    focusSoon(neighbour?.id);
  };
  const stopAt = items?.some((item) => item.id === stop) === true ? stop : items?.[0]?.id;
  return (
    <section className="conversations" aria-labelledby={titleId}>
      <h3 id={titleId} tabIndex={-1}>
        {text.conversations.title}
      </h3>
      {items === undefined && failure === undefined && <p className="muted">{text.conversations.loading}</p>}
      {items?.length === 0 && <p className="muted">{text.conversations.none}</p>}
      {failure !== undefined && (
        <p className="conversations-failed" role="alert">
          {text.conversations.failed}{" "}
          <button type="button" className="button small" onClick={() => void conversations.refresh()}>
            {text.conversations.retry}
          </button>
        </p>
      )}
      {items !== undefined && items.length > 0 && (
        <>
          <p id={hintId} className="sr-only">
            {text.conversations.keys}
          </p>
          <ul
            ref={list}
            className="conversation-list"
            data-testid="conversation-list"
            aria-labelledby={titleId}
            aria-describedby={hintId}
            onKeyDown={onKeyDown}
          >
            {items.map((item) => (
              <li
                key={item.id}
                className={item.id === current ? "conversation current" : "conversation"}
                data-testid="conversation"
                data-conversation={item.id}
                data-waiting={item.waiting}
              >
                {asking === item.id ? (
                  <Confirm
                    item={item}
                    problem={
                      notRemoved?.id === item.id
                        ? `${text.conversations.removeFailed} ${failureText(notRemoved.failure)}`
                        : undefined
                    }
                    onYes={() => void remove(item.id)}
                    onNo={() => {
                      setAsking(undefined);
                      focusSoon(item.id, "remove");
                    }}
                  />
                ) : (
                  <Row
                    item={item}
                    isCurrent={item.id === current}
                    isStop={item.id === stopAt}
                    onFocus={() => setStop(item.id)}
                    onOpen={onOpen}
                    onRemove={() => setAsking(item.id)}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {next !== undefined && (
        <button
          type="button"
          className="button quiet small"
          data-testid="conversations-more"
          onClick={() => void conversations.more()}
        >
          {text.conversations.more}
        </button>
      )}
      <p className="sr-only" role="status">
        {said}
      </p>
    </section>
  );
}

interface RowProps {
  readonly item: Summary;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function Row({ item, isCurrent, isStop, onFocus, onOpen, onRemove }: RowProps) {
  const titleId = useId();
  const title = item.title ?? text.conversations.untitled;
  const tabIndex = isStop ? 0 : -1;
  return (
    <>
      <a
        href={hashOf({ page: "chat", conversation: item.id })}
        className="conversation-open"
        data-testid="conversation-open"
        data-part="open"
        tabIndex={tabIndex}
        aria-current={isCurrent ? "true" : undefined}
        onFocus={onFocus}
        onClick={onOpen}
      >
        <span id={titleId} className="conversation-title">
          {title}
        </span>
        <span className="conversation-facts">
          {item.waiting ? (
            <span className="conversation-waiting">{text.conversations.waiting}</span>
          ) : (
            <span className="conversation-agent">{item.agent}</span>
          )}{" "}
          {item.changedAt !== undefined && <When at={item.changedAt} brief />}
        </span>
      </a>
      <button
        type="button"
        className="button quiet round conversation-remove"
        data-testid="conversation-remove"
        data-part="remove"
        tabIndex={tabIndex}
        aria-label={text.conversations.remove}
        aria-describedby={titleId}
        title={text.conversations.remove}
        onFocus={onFocus}
        onClick={onRemove}
      >
        <Icon name="bin" />
      </button>
    </>
  );
}

interface ConfirmProps {
  readonly item: Summary;
  readonly problem: string | undefined;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks in the row's own place. The harmless answer has the focus, and Esc gives it. */
function Confirm({ item, problem, onYes, onNo }: ConfirmProps) {
  const questionId = useId();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      className="conversation-confirm"
      role="group"
      aria-labelledby={questionId}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onNo();
      }}
    >
      <p className="conversation-title">{item.title ?? text.conversations.untitled}</p>
      <p id={questionId}>{text.conversations.confirm}</p>
      {problem !== undefined && (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      <p className="actions">
        <button
          type="button"
          className="button small"
          data-testid="conversation-keep"
          ref={no}
          aria-describedby={questionId}
          onClick={onNo}
        >
          {text.conversations.confirmNo}
        </button>
        <button
          type="button"
          className="button small danger"
          data-testid="conversation-delete"
          aria-describedby={questionId}
          onClick={onYes}
        >
          {text.conversations.confirmYes}
        </button>
      </p>
    </div>
  );
}
