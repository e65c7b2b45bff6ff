import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { hashOf } from "../../lib/route";
import { failureText, text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { type Agent } from "./api";
import { type Move, moved, moveOf } from "../../ui/list-keys";

interface Props {
  readonly agents: readonly Agent[];
  readonly chosen: string | undefined;
  readonly onChoose: (agent: Agent) => void;
}

/**
 * Who answers in a new conversation: a select-only combobox (ARIA Authoring Practices). A native one cannot say why an
 * entry is disabled; here such entries can be reached and read, but not chosen.
 */
export function AgentChoice({ agents, chosen, onChoose }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const current = agents.find((agent) => agent.name === chosen);
  const show = (move: Move) => {
    const at = Math.max(0, current === undefined ? 0 : agents.indexOf(current));
    setActive(moved(move, at, agents.length));
    setOpen(true);
  };
  const choose = (agent: Agent | undefined) => {
    if (agent === undefined || !agent.usable) return;
    onChoose(agent);
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [open]);
  useEffect(() => {
    if (open) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [open, active, id]);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (move !== undefined) {
      if (open) setActive(moved(move, active, agents.length));
      else show("stay");
    } else if (event.key === "Enter" || event.key === " ") {
      if (open) choose(agents[active]);
      else show("stay");
    } else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className="agent-choice" ref={root}>
      <div className="agent-choice-line">
        <span id={`${id}-label`}>{text.agents.label}</span>
        <button
          type="button"
          role="combobox"
          className="button small agent-choice-button"
          data-testid="agent-choice"
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-labelledby={`${id}-label ${id}-value`}
          aria-describedby={`${id}-how`}
          {...(open ? { "aria-activedescendant": `${id}-${active}` } : {})}
          onClick={() => (open ? setOpen(false) : show("stay"))}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        >
          <span id={`${id}-value`}>{chosen ?? text.chat.agentFallback}</span>
          <Icon name="chevron" />
        </button>
      </div>
      <p id={`${id}-how`} className="agent-choice-how" data-testid="agent-how">
        {current !== undefined && explanationOf(current)}
      </p>
      {current?.reason === "consent_revoked" && <a href={hashOf({ page: "consents" })}>{text.agents.open}</a>}
      <ul
        id={`${id}-list`}
        role="listbox"
        className="agent-list"
        aria-labelledby={`${id}-label`}
        hidden={!open}
        // The button keeps the focus while the mouse is used in the list.
        onPointerDown={(event) => event.preventDefault()}
      >
        {agents.map((agent, i) => (
          <li
            key={agent.name}
            id={`${id}-${i}`}
            role="option"
            className={i === active ? "agent-option active" : "agent-option"}
            data-testid="agent-option"
            data-agent={agent.name}
            aria-selected={agent.name === chosen}
            aria-disabled={!agent.usable}
            onClick={() => choose(agent)}
            onPointerMove={() => setActive(i)}
          >
            <span className="agent-option-name">
              {agent.name}
              {agent.name === chosen && <Icon name="check" />}
              {!agent.usable && <span className="agent-option-off"> {text.agents.notUsable}</span>}
            </span>
            <span className="agent-option-how"> {explanationOf(agent)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How the agent reaches the order desk; for one that may not be used, why, as the server says it. */
function explanationOf({ usable, actsAsItself, route, reason, detail }: Agent): string {
  if (!usable)
    return failureText({ reason: reason ?? "unavailable", ...(detail === undefined ? {} : { detail }) });
  if (actsAsItself === true) return text.agents.actsAsItself;
  return route !== undefined && Object.hasOwn(text.agents.routes, route)
    ? (text.agents.routes[route] ?? "")
    : "";
}
