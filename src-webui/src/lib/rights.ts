import { FailureError } from "./failure";
import { getJson, type TokenSource } from "./http";
import { isObject, stringsOf } from "./json";

/** The action of reading the audit log, as the server calls it. */
export const READ_AUDIT = "read-audit";

/**
 * What the server would offer the person, for leading them only: which places there are for them. Whether they may do
 * any of it is decided anew when they do it.
 */
export type Rights = readonly string[];

export function rightsApi(tokens: TokenSource): () => Promise<Rights> {
  return async () => rightsOf(await getJson("/api/v1/me", tokens));
}

export function rightsOf(json: unknown): Rights {
  if (!isObject(json) || !Array.isArray(json.may)) throw new FailureError({ reason: "answer_unknown" });
  return stringsOf(json.may);
}
