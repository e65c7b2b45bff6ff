import { claimsOf } from "./claims";
import { type Failure, FailureError } from "./failure";
import { isObject, type JsonObject, parseObject, stringOf } from "./json";

/** Where a request gets its bearer token from. */
export interface TokenSource {
  /**
   * A token for our API; `renew` asks for a new one although the cached one has not expired. Where only the
   * person can help, the page leaves for the sign-in page and the promise stays open.
   *
   * @returns null where the server asks for no sign-in
   */
  token(options?: { renew: boolean }): Promise<string | null>;
  /**
   * Leaves for the sign-in page to get a token with these claims, and stays open then. Comes back at once where that has
   * been tried before.
   */
  satisfy(claims: string): Promise<void>;
}

/** An error response as a failure; understands problem details (RFC 9457) and survives anything else. */
export async function problemOf(response: Response): Promise<Failure> {
  const problem = parseObject(await response.text().catch(() => "")) ?? {};
  const detail = stringOf(problem.detail) ?? stringOf(problem.title);
  const retryAfter = secondsOf(response.headers.get("Retry-After"));
  const correlationId =
    stringOf(problem.correlation_id) ?? response.headers.get("X-Correlation-Id") ?? undefined;
  return {
    reason: stringOf(problem.reason) ?? `http_${response.status}`,
    status: response.status,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** `Retry-After` as our server sends it, in seconds; a date or anything else is passed over. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^[1-9]\d{0,5}$/.test(header) ? Number(header) : undefined;
}

interface Sending {
  readonly method: "GET" | "POST" | "DELETE";
  readonly accept: string;
  readonly body?: unknown;
}

/**
 * Sends a request with a bearer token. A 401 is answered once: with a sign-in where it asks for claims, else with a
 * renewed token, since a token may be revoked or its keys rotated before it expires.
 *
 * @throws FailureError for every answer that is not a success, and where there is no answer
 */
async function send(
  path: string,
  { method, accept, body }: Sending,
  tokens: TokenSource,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const attempt = async (renew: boolean): Promise<Response> => {
    const token = await tokens.token({ renew });
    signal?.throwIfAborted();
    return fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        Accept: accept,
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: "omit",
      cache: "no-store",
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw new FailureError({ reason: "network", detail: error instanceof Error ? error.message : "" });
    });
  };
  let response = await attempt(false);
  if (response.status === 401 && claimsAskedBy(response) === undefined) {
    await response.body?.cancel();
    response = await attempt(true);
  }
  const claims = claimsAskedBy(response);
  if (claims !== undefined) await tokens.satisfy(claims);
  if (!response.ok) throw new FailureError(await problemOf(response));
  return response;
}

function claimsAskedBy(response: Response): string | undefined {
  return response.status === 401 ? claimsOf(response.headers.get("WWW-Authenticate")) : undefined;
}

/** Posts JSON and asks for an event stream. */
export function postForStream(
  path: string,
  body: unknown,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Response> {
  return send(path, { method: "POST", accept: "text/event-stream", body }, tokens, signal);
}

/** Asks for a document that may be long, to be read as it comes. */
export function getStream(
  path: string,
  accept: string,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Response> {
  return send(path, { method: "GET", accept }, tokens, signal);
}

/** Asks for a JSON object. */
export async function getJson(path: string, tokens: TokenSource, signal?: AbortSignal): Promise<JsonObject> {
  return objectOf(await send(path, { method: "GET", accept: "application/json" }, tokens, signal));
}

/** Posts JSON and takes a JSON object back. */
export async function postJson(path: string, body: unknown, tokens: TokenSource): Promise<JsonObject> {
  return objectOf(await send(path, { method: "POST", accept: "application/json", body }, tokens, undefined));
}

export async function deleteAt(path: string, tokens: TokenSource): Promise<void> {
  const response = await send(path, { method: "DELETE", accept: "application/json" }, tokens, undefined);
  await response.body?.cancel();
}

async function objectOf(response: Response): Promise<JsonObject> {
  const json: unknown = await response.json().catch(() => undefined);
  if (!isObject(json)) throw new FailureError({ reason: "answer_unknown" });
  return json;
}

/**
 * The items of a list, each read by `read`. One that cannot be read would be missing without a word, so that the list
 * then fails as a whole.
 */
export function itemsOf<T>(json: JsonObject, read: (item: unknown) => T | undefined): T[] {
  if (!Array.isArray(json.items)) throw new FailureError({ reason: "answer_unknown" });
  return json.items.map((item) => understood(read(item)));
}

export function understood<T>(value: T | undefined): T {
  if (value === undefined) throw new FailureError({ reason: "answer_unknown" });
  return value;
}
