import { isObject, type JsonObject, stringOf } from "./json";

/** What has become of an approval; only a pending one can be decided. */
export type ApprovalState = "pending" | "approved" | "denied" | "used" | "expired";

export type Decision = "approve" | "deny";

/** A change that an agent may make only once the person has approved it. */
export interface Approval {
  readonly id: string;
  readonly agent: string;
  readonly tool: string;
  readonly arguments: JsonObject;
  /** The order as it is; null for one that is to be created. */
  readonly before: JsonObject | null;
  /** The order as it would be; null for one that is to be deleted. */
  readonly after: JsonObject | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly state: ApprovalState;
  readonly conversationId?: string;
}

const STATES: readonly unknown[] = ["pending", "approved", "denied", "used", "expired"];

/**
 * Reads an approval. Nobody shall decide on half of one, so all of it has to be there and of the right kind.
 *
 * @returns undefined otherwise
 */
export function approvalOf(json: unknown): Approval | undefined {
  if (!isObject(json)) return undefined;
  const id = stringOf(json.id);
  const agent = stringOf(json.agent);
  const tool = stringOf(json.tool);
  const expiresAt = instantOf(json.expires_at);
  const before = orderOf(json.before);
  const after = orderOf(json.after);
  if (id === undefined || agent === undefined || tool === undefined || expiresAt === undefined)
    return undefined;
  if (!isObject(json.arguments) || before === undefined || after === undefined || !isState(json.state))
    return undefined;
  const conversationId = stringOf(json.conversation_id);
  return {
    id,
    agent,
    tool,
    arguments: json.arguments,
    before,
    after,
    expiresAt,
    state: json.state,
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}

/** An instant of the wire in epoch milliseconds. */
export function instantOf(value: unknown): number | undefined {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function isState(value: unknown): value is ApprovalState {
  return STATES.includes(value);
}

function orderOf(value: unknown): JsonObject | null | undefined {
  if (value === null || value === undefined) return null;
  return isObject(value) ? value : undefined;
}
