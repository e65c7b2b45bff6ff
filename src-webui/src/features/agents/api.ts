import { getJson, itemsOf, type TokenSource } from "../../lib/http";
import { isObject, stringOf } from "../../lib/json";

/** An agent of the registry, and whether this person may chat with it. */
export interface Agent {
  readonly name: string;
  readonly kind?: string;
  readonly route?: string;
  readonly usable: boolean;
  readonly actsAsItself?: true;
  readonly reason?: string;
  readonly detail?: string;
}

/** Usable is only what the server says is. */
export function agentOf(json: unknown): Agent | undefined {
  if (!isObject(json)) return undefined;
  const name = stringOf(json.name);
  if (name === undefined) return undefined;
  const told = (["kind", "route", "reason", "detail"] as const).flatMap((member) => {
    const value = stringOf(json[member]);
    return value === undefined ? [] : [[member, value] as const];
  });
  return {
    name,
    usable: json.usable === true,
    ...(json.acts_as_itself === true ? { actsAsItself: true } : {}),
    ...Object.fromEntries(told),
  };
}

export function listAgents(tokens: TokenSource): () => Promise<Agent[]> {
  return async () => itemsOf(await getJson("/api/v1/agents", tokens), agentOf);
}
