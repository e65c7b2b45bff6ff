import { instantOf } from "../../lib/approval";
import { deleteAt, getJson, itemsOf, postJson, type TokenSource, understood } from "../../lib/http";
import { isObject, stringOf, stringsOf } from "../../lib/json";

export type GrantState = "asked" | "allowed" | "denied" | "revoked";

/** What one agent may do in the person's name, or wants to. */
export interface Grant {
  readonly id: string;
  readonly agent: string;
  readonly kind?: string;
  readonly scopes: readonly string[];
  readonly state: GrantState;
  /** Epoch milliseconds. */
  readonly changedAt?: number;
}

const STATES: readonly unknown[] = ["asked", "allowed", "denied", "revoked"];

/** @returns undefined for what does not say whom it is about, or in which state it is */
export function grantOf(json: unknown): Grant | undefined {
  if (!isObject(json)) return undefined;
  const id = stringOf(json.id);
  const agent = stringOf(json.agent);
  if (id === undefined || agent === undefined || !isState(json.state)) return undefined;
  const kind = stringOf(json.kind);
  const changedAt = instantOf(json.changed_at);
  return {
    id,
    agent,
    scopes: stringsOf(json.scopes),
    state: json.state,
    ...(kind === undefined ? {} : { kind }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

function isState(value: unknown): value is GrantState {
  return STATES.includes(value);
}

/** The person's consents at the server. */
export interface AccessApi {
  list(): Promise<Grant[]>;
  decide(id: string, decision: "allow" | "deny"): Promise<Grant>;
  revoke(id: string): Promise<void>;
}

export function accessApi(tokens: TokenSource): AccessApi {
  const at = (id: string) => `/api/v1/consents/${encodeURIComponent(id)}`;
  return {
    list: async () => itemsOf(await getJson("/api/v1/consents", tokens), grantOf),
    decide: async (id, decision) => understood(grantOf(await postJson(at(id), { decision }, tokens))),
    revoke: (id) => deleteAt(at(id), tokens),
  };
}
