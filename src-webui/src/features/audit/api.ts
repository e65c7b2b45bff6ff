import { getJson, getStream, itemsOf, type TokenSource, understood } from "../../lib/http";
import { isObject, stringOf } from "../../lib/json";
import { parametersOf, type RecordFilter } from "../../lib/record-filter";

/** A record of the audit log: what the page shows of every one, and all that the server told, in its order. */
export interface AuditRecord {
  readonly id: string;
  /** The moment as it stands in the record, to the microsecond. */
  readonly at: string;
  readonly action: string;
  readonly decision: string;
  readonly rule?: string;
  readonly outcome?: string;
  readonly user?: string;
  readonly agent?: string;
  readonly resource?: string;
  readonly approval?: string;
  readonly consent?: string;
  readonly conversation?: string;
  readonly run?: string;
  /** Its place in the chain; absent until it has one. */
  readonly seq?: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const OPTIONAL = [
  "rule",
  "outcome",
  "user",
  "agent",
  "resource",
  "approval",
  "consent",
  "conversation",
  "run",
] as const;

/** @returns undefined for what does not say when what was decided */
export function recordOf(json: unknown): AuditRecord | undefined {
  if (!isObject(json)) return undefined;
  const id = stringOf(json.id);
  const at = stringOf(json.at);
  const action = stringOf(json.action);
  const decision = stringOf(json.decision);
  if (id === undefined || action === undefined || decision === undefined) return undefined;
  if (at === undefined || Number.isNaN(Date.parse(at))) return undefined;
  const told = OPTIONAL.flatMap((name) => {
    const value = stringOf(json[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    id,
    at,
    action,
    decision,
    ...Object.fromEntries(told),
    ...(isCount(json.seq) ? { seq: json.seq } : {}),
    fields: Object.entries(json)
      .filter(([name, value]) => name !== "seq" && value !== null)
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  };
}

export interface RecordPage {
  readonly items: readonly AuditRecord[];
  readonly next?: string;
}

/** A signed statement on all records up to one. */
export interface Checkpoint {
  readonly size: number;
  readonly at: string;
  readonly note: string;
}

/** What the server found when it recomputed the chain around some records. */
export interface Verification {
  readonly holds: boolean;
  readonly reason?: string;
  /** How many records there are, and how many of them are in the chain. */
  readonly records: number;
  readonly sealed: number;
  /** The newest one; absent while nothing has been signed. */
  readonly checkpoint?: Checkpoint;
}

/** @returns undefined for what does not say whether the chain holds: that must not look like a yes */
export function verificationOf(json: unknown): Verification | undefined {
  if (!isObject(json) || typeof json.holds !== "boolean") return undefined;
  const { records, sealed } = json;
  if (!isCount(records) || !isCount(sealed) || sealed > records) return undefined;
  const reason = stringOf(json.reason);
  const checkpoint = checkpointOf(json.checkpoint);
  return {
    holds: json.holds,
    records,
    sealed,
    ...(reason === undefined ? {} : { reason }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** What that means: all of it holds, or all but what is too new to be signed, or not. */
export function stateOf({ holds, records, sealed, checkpoint }: Verification): "holds" | "partly" | "broken" {
  if (!holds) return "broken";
  return sealed < records || (records > 0 && checkpoint === undefined) ? "partly" : "holds";
}

function checkpointOf(json: unknown): Checkpoint | undefined {
  if (!isObject(json) || !isCount(json.size)) return undefined;
  const at = stringOf(json.at);
  const note = stringOf(json.note);
  if (at === undefined || note === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { size: json.size, at, note };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** The audit log at the server. */
export interface AuditApi {
  page(filter: RecordFilter, cursor: string | undefined): Promise<RecordPage>;
  verification(filter: RecordFilter): Promise<Verification>;
  /** What signed checkpoints can be held against. */
  key(): Promise<string>;
  /** The whole log, as it comes. */
  export(signal: AbortSignal): Promise<Response>;
}

const PAGE = 50;

export function auditApi(tokens: TokenSource): AuditApi {
  return {
    page: async (filter, cursor) => {
      const query = parametersOf(filter);
      query.set("limit", `${PAGE}`);
      if (cursor !== undefined) query.set("cursor", cursor);
      const json = await getJson(`/api/v1/audit?${query}`, tokens);
      const next = stringOf(json.next_cursor);
      return { items: itemsOf(json, recordOf), ...(next === undefined ? {} : { next }) };
    },
    verification: async (filter) => {
      const query = parametersOf(filter);
      const path = "/api/v1/audit/verification";
      return understood(verificationOf(await getJson(query.size === 0 ? path : `${path}?${query}`, tokens)));
    },
    key: async () => understood(stringOf((await getJson("/api/v1/audit/key", tokens)).key)),
    export: (signal) => getStream("/api/v1/audit/export", "application/x-ndjson", tokens, signal),
  };
}
