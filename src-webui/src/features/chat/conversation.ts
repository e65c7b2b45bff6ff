import { type Approval } from "../../lib/approval";
import { type ConsentRequest } from "../../lib/consent";
import { endsConversation, type Failure } from "../../lib/failure";
import { type Hop } from "../../lib/hop";
import { type RunEvent, type WaitsFor } from "../../lib/run-events";

/** A call of a tool, as far as the run has told it. */
export interface ToolCall {
  readonly kind: "tool";
  readonly id: string;
  readonly name: string;
  readonly args: string;
  readonly status: "running" | "done" | "failed";
  readonly result?: string;
}

export interface TextPart {
  readonly kind: "text";
  readonly id: string;
  readonly text: string;
}

/** What the person decided in the middle of the answer. */
export interface DecidedPart {
  readonly kind: "decided";
  readonly id: string;
  readonly approval: Approval;
}

export type Part = TextPart | ToolCall | DecidedPart;

/** `waiting` is for the person's consent or approval; all others but `running` are final. */
export type TurnStatus = "running" | "waiting" | "done" | "stopped" | "failed";

/** One question and its answer. */
export interface Turn {
  readonly id: string;
  readonly question: string;
  /** Epoch milliseconds. */
  readonly askedAt: number;
  readonly status: TurnStatus;
  readonly parts: readonly Part[];
  readonly hops: readonly Hop[];
  /** The server's names of the runs that worked on the answer; it takes more than one where the person was asked. */
  readonly runs?: readonly string[];
  readonly consent?: ConsentRequest;
  readonly approvals?: readonly Approval[];
  readonly failure?: Failure;
  readonly declined?: true;
  /** What the turn held when it began to wait; a resumed run that only asks again leaves no trace. */
  readonly beforeResume?: {
    readonly parts: readonly Part[];
    readonly hops: readonly Hop[];
    readonly consent?: ConsentRequest;
    readonly approvals?: readonly Approval[];
  };
}

export interface Conversation {
  readonly id?: string;
  readonly agentName?: string;
  readonly agentMode?: string;
  readonly turns: readonly Turn[];
}

export type Action =
  | { readonly type: "asked"; readonly turnId: string; readonly question: string; readonly at: number }
  | { readonly type: "retried"; readonly turnId: string; readonly at: number }
  | { readonly type: "resumed"; readonly decided: readonly Approval[] }
  | { readonly type: "declined" }
  | { readonly type: "heard"; readonly event: RunEvent }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "kept-waiting" }
  | { readonly type: "stopped" }
  | { readonly type: "agent-chosen"; readonly agent: AgentChoice };

/** Who is to answer; how, where that is known already. */
export interface AgentChoice {
  readonly name?: string;
  readonly mode?: string;
}

/** The next state of the conversation; pure. */
export function reduce(conversation: Conversation, action: Action): Conversation {
  switch (action.type) {
    case "asked":
      return {
        ...conversation,
        turns: [...conversation.turns, newTurn(action.turnId, action.question, action.at)],
      };
    case "retried":
      return {
        ...conversation,
        turns: conversation.turns.map((turn) =>
          turn.id === action.turnId ? newTurn(turn.id, turn.question, action.at) : turn,
        ),
      };
    case "agent-chosen":
      // An agent belongs to its conversation for good.
      return conversation.id === undefined && conversation.turns.length === 0
        ? conversationWith(action.agent)
        : conversation;
    case "heard":
      return heard(conversation, action.event);
    case "resumed":
      return onLast(conversation, (turn) => resumed(turn, action.decided));
    case "declined":
      return onLast(conversation, (turn) => {
        const { consent: _, approvals: __, ...rest } = rolledBack(turn);
        return { ...rest, status: "running", declined: true };
      });
    case "failed":
      return failed(conversation, action.failure);
    case "kept-waiting":
      return onLast(conversation, rolledBack);
    case "stopped":
      return onLast(conversation, (turn) => ended(turn, "stopped"));
  }
}

export function lastTurn(conversation: Conversation): Turn | undefined {
  return conversation.turns.at(-1);
}

/** The text of an answer without its tool calls. */
export function answerOf(turn: Turn): string {
  return turn.parts
    .filter((part) => part.kind === "text")
    .map((part) => part.text)
    .join("\n\n");
}

function newTurn(id: string, question: string, askedAt: number): Turn {
  return { id, question, askedAt, status: "running", parts: [], hops: [] };
}

/** A conversation in which nothing has been said yet. */
export function conversationWith({ name, mode }: AgentChoice): Conversation {
  return {
    turns: [],
    ...(name === undefined ? {} : { agentName: name }),
    ...(mode === undefined ? {} : { agentMode: mode }),
  };
}

function onLast(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map((turn, i) => (i === conversation.turns.length - 1 ? change(turn) : turn)),
  };
}

function heard(conversation: Conversation, event: RunEvent): Conversation {
  switch (event.type) {
    case "started":
      return { ...inRun(conversation, event.runId), id: event.conversationId };
    case "agent":
      return {
        ...conversation,
        ...(event.name === undefined ? {} : { agentName: event.name }),
        ...(event.mode === undefined ? {} : { agentMode: event.mode }),
      };
    case "failed":
      return failed(conversation, event.failure);
    default:
      return onLast(conversation, (turn) => inTurn(turn, event));
  }
}

function inRun(conversation: Conversation, run: string | undefined): Conversation {
  if (run === undefined) return conversation;
  return onLast(conversation, (turn) => ({ ...turn, runs: [...(turn.runs ?? []), run] }));
}

function failed(conversation: Conversation, failure: Failure): Conversation {
  const { id, ...rest } = onLast(conversation, (turn) => ({ ...ended(turn, "failed"), failure }));
  return id === undefined || endsConversation(failure) ? rest : { ...rest, id };
}

function inTurn(turn: Turn, event: Exclude<RunEvent, { type: "started" | "agent" | "failed" }>): Turn {
  switch (event.type) {
    case "text":
      return { ...answering(turn), parts: withText(turn.parts, event.messageId, event.delta) };
    case "tool":
      return { ...turn, parts: withTool(turn.parts, event.id, event.name) };
    case "tool-arguments":
      return onTool(turn, event.id, (call) => ({ ...call, args: call.args + event.delta }));
    case "tool-end":
      return turn;
    case "tool-result":
      return onTool(answering(turn), event.id, (call) => ({
        ...call,
        status: event.failed ? "failed" : "done",
        result: event.content,
      }));
    case "hop":
      return { ...turn, hops: [...turn.hops, event.hop] };
    case "finished":
      return ended(turn, "done");
    case "waiting":
      return waitingFor(turn, event.waitsFor);
  }
}

/**
 * The run is asked to go on. A consent's card stays until it does, since nobody tells us whether the consent was given;
 * decided approvals turn into a note of what was decided.
 */
function resumed(turn: Turn, decided: readonly Approval[]): Turn {
  if (turn.status !== "waiting") return turn;
  const { consent, approvals, ...rest } = turn;
  const beforeResume = {
    parts: turn.parts,
    hops: turn.hops,
    ...(consent === undefined ? {} : { consent }),
    ...(approvals === undefined ? {} : { approvals }),
  };
  if (approvals === undefined) return { ...turn, beforeResume };
  const notes = decided.map((approval) => ({ kind: "decided" as const, id: approval.id, approval }));
  return { ...rest, status: "running", parts: [...turn.parts, ...notes], beforeResume };
}

/** A run that only asks the same again adds nothing; one that went on and then needs something else does. */
function waitingFor(turn: Turn, { consent, approvals }: WaitsFor): Turn {
  const { beforeResume, consent: _, approvals: __, ...rest } = turn;
  const wait = {
    ...(consent === undefined ? {} : { consent }),
    ...(approvals.length === 0 ? {} : { approvals }),
  };
  const again = beforeResume !== undefined && sameWait(beforeResume, wait);
  const before = again ? { parts: beforeResume.parts, hops: beforeResume.hops } : {};
  return { ...rest, ...before, status: "waiting", ...wait };
}

type Wait = Pick<Turn, "consent" | "approvals">;

/** Whether two turns wait for the same. */
export function sameWait(a: Wait, b: Wait): boolean {
  const consents =
    a.consent === undefined || b.consent === undefined
      ? a.consent === b.consent
      : sameConsent(a.consent, b.consent);
  return consents && idsOf(a) === idsOf(b);
}

function idsOf({ approvals = [] }: Wait): string {
  return approvals
    .map((approval) => approval.id)
    .sort()
    .join(" ");
}

/** Whether two requests ask for the same thing; their ids and links differ with every attempt. */
function sameConsent(a: ConsentRequest, b: ConsentRequest): boolean {
  return a.agent === b.agent && a.scopes.join(" ") === b.scopes.join(" ");
}

/** The first words or results after a wait mean that what it was for is there: the cards may go. */
function answering(turn: Turn): Turn {
  const { beforeResume: _, ...said } = turn;
  if (turn.status !== "waiting") return said;
  const { consent: __, approvals: ___, ...rest } = said;
  return { ...rest, status: "running" };
}

function rolledBack(turn: Turn): Turn {
  const { beforeResume, ...rest } = turn;
  return beforeResume === undefined ? rest : { ...rest, ...beforeResume, status: "waiting" };
}

function ended(turn: Turn, status: TurnStatus): Turn {
  const { consent: _, approvals: __, beforeResume: ___, ...rest } = turn;
  return {
    ...rest,
    status,
    parts: turn.parts.map((part) =>
      part.kind === "tool" && part.status === "running"
        ? { ...part, status: status === "done" ? "done" : "failed" }
        : part,
    ),
  };
}

function withText(parts: readonly Part[], id: string, delta: string): Part[] {
  const last = parts.at(-1);
  return last?.kind === "text" && last.id === id
    ? [...parts.slice(0, -1), { ...last, text: last.text + delta }]
    : [...parts, { kind: "text", id, text: delta }];
}

/** A call that waited for the person is told again when the turn goes on: it is the same call, in its place. */
function withTool(parts: readonly Part[], id: string, name: string): Part[] {
  const call: ToolCall = { kind: "tool", id, name, args: "", status: "running" };
  const isIt = (part: Part) => part.kind === "tool" && part.id === id;
  return parts.some(isIt) ? parts.map((part) => (isIt(part) ? call : part)) : [...parts, call];
}

function onTool(turn: Turn, id: string, change: (call: ToolCall) => ToolCall): Turn {
  return {
    ...turn,
    parts: turn.parts.map((part) => (part.kind === "tool" && part.id === id ? change(part) : part)),
  };
}
