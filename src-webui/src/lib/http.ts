import { type Failure, FailureError } from "./failure";
import { parseObject, stringOf } from "./json";

/** Where a request gets its bearer token from. */
export interface TokenSource {
  /**
   * A token for our API; `renew` asks for a new one although the cached one has not expired. Where only the
   * person can help, the page leaves for the sign-in page and the promise stays open.
   *
   * @returns null where the server asks for no sign-in
   */
  token(options?: { renew: boolean }): Promise<string | null>;
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

/**
 * Posts JSON with a bearer token and asks for an event stream. A 401 is answered once with a renewed token, since a token may be revoked or
 * its keys rotated before it expires.
 *
 * @throws FailureError for every answer that is not a success, and where there is no answer
 */
export async function postForStream(
  path: string,
  body: unknown,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Response> {
  const attempt = async (renew: boolean): Promise<Response> => {
    const token = await tokens.token({ renew });
    signal.throwIfAborted();
    return fetch(path, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "text/event-stream",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new FailureError({ reason: "network", detail: error instanceof Error ? error.message : "" });
    });
  };
  let response = await attempt(false);
  if (response.status === 401) {
    await response.body?.cancel();
    response = await attempt(true);
  }
  if (!response.ok) throw new FailureError(await problemOf(response));
  return response;
}
