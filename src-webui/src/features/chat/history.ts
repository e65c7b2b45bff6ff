import { approvalOf, instantOf } from "../../lib/approval";
import { consentRequestOf } from "../../lib/consent";
import { type Failure } from "../../lib/failure";
import { type Hop, hopOf } from "../../lib/hop";
import { getJson, type TokenSource, understood } from "../../lib/http";
import { isObject, type JsonObject, stringOf } from "../../lib/json";
import { type Conversation, type Part, type Turn } from "./conversation";

/** Reads an earlier conversation, and what each of its answers' hops were. */
export function historyApi(tokens: TokenSource): (id: string) => Promise<Conversation> {
  return async (id) => {
    const path = `/api/v1/conversations/${encodeURIComponent(id)}`;
    const [conversation, trail] = await Promise.all([
      getJson(path, tokens),
      // A conversation without its trail is still worth reading.
      getJson(`${path}/trail`, tokens).catch(() => ({})),
    ]);
    return understood(conversationOf(conversation, trail));
  };
}

/**
 * A conversation as the server keeps it, in the form in which the page shows it.
 *
 * @returns undefined for what is none, or waits for something that cannot be shown
 */
export function conversationOf(json: JsonObject, trail: JsonObject): Conversation | undefined {
  const id = stringOf(json.id);
  const agentName = stringOf(json.agent);
  if (id === undefined || !Array.isArray(json.turns)) return undefined;
  const approvals = listOf(json.approvals).map(approvalOf);
  const consents = listOf(json.consents);
  if (approvals.includes(undefined)) return undefined;
  const turns = turnsOf(json.turns, listOf(trail.runs));
  return {
    id,
    ...(agentName === undefined ? {} : { agentName }),
    turns: waiting(turns, {
      ...(consents.length === 0 ? {} : { consent: consentRequestOf(consents[0]) }),
      ...(approvals.length === 0 ? {} : { approvals: approvals.filter((one) => one !== undefined) }),
    }),
  };
}

/** A run without a message went on with the turn before it. */
function turnsOf(json: readonly unknown[], runs: readonly unknown[]): Turn[] {
  const turns: Turn[] = [];
  const turnOfRun = new Map<string, number>();
  for (const item of json) {
    if (!isObject(item)) continue;
    const runId = stringOf(item.run_id);
    const run = runId ?? `turn-${turns.length}`;
    const question = stringOf(item.message);
    const before = turns.at(-1);
    if (question === undefined && before !== undefined) {
      turns[turns.length - 1] = {
        ...before,
        parts: [...before.parts, ...partsOf(run, item)],
        ...endOf(item),
      };
    } else {
      turns.push({
        id: run,
        question: question ?? "",
        askedAt: instantOf(item.at) ?? 0,
        parts: partsOf(run, item),
        hops: [],
        ...(runId === undefined ? {} : { runs: [runId] }),
        ...endOf(item),
      });
    }
    turnOfRun.set(run, turns.length - 1);
  }
  return withHops(turns, turnOfRun, runs);
}

function partsOf(run: string, { text, tool_calls }: JsonObject): Part[] {
  const calls = listOf(tool_calls)
    .filter(isObject)
    .map((call, i): Part => ({
      kind: "tool",
      id: `${run}-${i}`,
      name: stringOf(call.name) ?? "",
      args: "",
      status: call.status === "failed" ? "failed" : "done",
    }));
  const said = stringOf(text);
  return said === undefined ? calls : [...calls, { kind: "text", id: run, text: said }];
}

function endOf({ error }: JsonObject): { status: "done" } | { status: "failed"; failure: Failure } {
  if (!isObject(error)) return { status: "done" };
  const detail = stringOf(error.detail);
  return {
    status: "failed",
    failure: {
      reason: stringOf(error.reason) ?? "run_failed",
      ...(detail === undefined ? {} : { detail }),
    },
  };
}

/** A run that is no turn of its own, and its hops, belong to the turn that it went on with. */
function withHops(turns: Turn[], turnOfRun: ReadonlyMap<string, number>, runs: readonly unknown[]): Turn[] {
  let at = 0;
  for (const run of runs.filter(isObject)) {
    const id = stringOf(run.run_id);
    at = turnOfRun.get(id ?? "") ?? at;
    const turn = turns[at];
    if (turn === undefined) continue;
    const hops = listOf(run.hops)
      .filter(isObject)
      .map(hopOf)
      .filter((hop): hop is Hop => hop !== undefined);
    const { runs = [] } = turn;
    turns[at] = {
      ...turn,
      hops: [...turn.hops, ...hops],
      ...(id === undefined || runs.includes(id) ? {} : { runs: [...runs, id] }),
    };
  }
  return turns;
}

function waiting(turns: readonly Turn[], wait: Pick<Turn, "consent" | "approvals">): readonly Turn[] {
  const last = turns.at(-1);
  if (last === undefined || (wait.consent === undefined && wait.approvals === undefined)) return turns;
  const { failure: _, ...open } = last;
  return [...turns.slice(0, -1), { ...open, status: "waiting", ...wait }];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
