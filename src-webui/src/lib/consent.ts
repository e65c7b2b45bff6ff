import { isObject, stringOf, stringsOf } from "./json";

/** An agent's wish to act in the person's name, which only the person can allow. */
export interface ConsentRequest {
  readonly id: string;
  readonly agent?: string;
  readonly scopes: readonly string[];
  readonly message?: string;
  /** Where the agent's broker takes the answer; without one it is given here. */
  readonly link?: string;
}

/** Reads what a turn waits for; `id` and `message` may stand beside it. */
export function consentRequestOf(
  json: unknown,
  beside: { readonly id?: unknown; readonly message?: unknown } = {},
): ConsentRequest {
  const from = isObject(json) ? json : {};
  const agent = stringOf(from.agent);
  const message = stringOf(beside.message);
  const link = stringOf(from.consent_link);
  return {
    id: stringOf(beside.id) ?? stringOf(from.id) ?? "consent",
    scopes: stringsOf(from.scopes),
    ...(agent === undefined ? {} : { agent }),
    ...(message === undefined ? {} : { message }),
    ...(link === undefined ? {} : { link }),
  };
}
