import { type JsonObject, stringOf, stringsOf } from "./json";

/** How a hop is known. Anything else that a server may say is shown as it was sent, as the weakest kind. */
export type Evidence = "verified" | "issued" | "reported";

/** One hop of an answer, exactly as the server told it; what it did not tell is absent. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly evidence: Evidence;
  readonly user?: string;
  readonly agent?: string;
  readonly client?: string;
  readonly audience?: string;
  readonly scopes: readonly string[];
  readonly obtained?: string;
  readonly decision?: string;
  readonly rule?: string;
  /** The approval that the call used. */
  readonly approval?: string;
  /** The consent under which the agent acted. */
  readonly consent?: string;
}

const OPTIONAL = [
  "user",
  "agent",
  "client",
  "audience",
  "obtained",
  "decision",
  "rule",
  "approval",
  "consent",
] as const;

/** @returns undefined for what names no two parties */
export function hopOf(json: JsonObject): Hop | undefined {
  const from = stringOf(json.from);
  const to = stringOf(json.to);
  if (from === undefined || to === undefined) return undefined;
  const told = OPTIONAL.flatMap((name) => {
    const value = stringOf(json[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    from,
    to,
    evidence: json.evidence === "verified" || json.evidence === "issued" ? json.evidence : "reported",
    scopes: stringsOf(json.scopes),
    ...Object.fromEntries(told),
  };
}
