import { afterEach, describe, expect, it, vi } from "vitest";
import { FailureError } from "./failure";
import { postForStream, problemOf, type TokenSource } from "./http";

const problem = { detail: "Too fast.", reason: "rate_limited", correlation_id: "id-1" };

/** Gives numbered tokens and remembers how it was asked. */
class NumberedTokens implements TokenSource {
  readonly asked: boolean[] = [];

  token(options?: { renew: boolean }): Promise<string> {
    this.asked.push(options?.renew ?? false);
    return Promise.resolve(`token-${this.asked.length}`);
  }
}

function answering(...statuses: number[]) {
  const fetch = vi.fn<typeof globalThis.fetch>(() =>
    Promise.resolve(new Response(JSON.stringify(problem), { status: statuses.shift() ?? 500 })),
  );
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

const authorizationOf = (init: RequestInit | undefined) => new Headers(init?.headers).get("Authorization");

afterEach(() => vi.unstubAllGlobals());

describe("a request", () => {
  it("answers one 401 with a renewed token", async () => {
    const fetch = answering(401, 200);
    const tokens = new NumberedTokens();
    const response = await postForStream("/x", {}, tokens, new AbortController().signal);
    expect(response.status).toBe(200);
    expect(tokens.asked).toEqual([false, true]);
    expect(fetch.mock.calls.map(([, init]) => authorizationOf(init))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it("gives up after the second 401", async () => {
    const fetch = answering(401, 401);
    const request = postForStream("/x", {}, new NumberedTokens(), new AbortController().signal);
    await expect(request).rejects.toMatchObject({ failure: { status: 401 } });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("sends no authorization where there is no sign-in", async () => {
    const fetch = answering(200);
    await postForStream("/x", {}, { token: () => Promise.resolve(null) }, new AbortController().signal);
    expect(authorizationOf(fetch.mock.calls[0]?.[1])).toBeNull();
  });

  it("fails with what the problem details tell", async () => {
    answering(429);
    const request = postForStream("/x", {}, new NumberedTokens(), new AbortController().signal);
    await expect(request).rejects.toMatchObject({
      failure: { reason: "rate_limited", status: 429, detail: "Too fast.", correlationId: "id-1" },
    });
  });

  it("fails as `network` where nobody answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    const request = postForStream("/x", {}, new NumberedTokens(), new AbortController().signal);
    await expect(request).rejects.toBeInstanceOf(FailureError);
    await expect(request).rejects.toMatchObject({ failure: { reason: "network" } });
  });
});

it.each([
  ["7", 7],
  ["600", 600],
  ["0", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["Sat, 21 Nov 2026 09:00:00 GMT", undefined],
  ["99999999", undefined],
])("takes from Retry-After what it understands: %s", async (header, seconds) => {
  const answer = new Response(JSON.stringify(problem), { status: 429, headers: { "Retry-After": header } });
  expect((await problemOf(answer)).retryAfter).toBe(seconds);
});

it("makes a failure even of an error page", async () => {
  const page = new Response("<html>", { status: 502, headers: { "X-Correlation-Id": "id-2" } });
  expect(await problemOf(page)).toEqual({ reason: "http_502", status: 502, correlationId: "id-2" });
});
