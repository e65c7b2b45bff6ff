import { afterEach, describe, expect, it, vi } from "vitest";
import { FailureError } from "./failure";
import { getJson, itemsOf, postForStream, problemOf, type TokenSource } from "./http";

const problem = { detail: "Too fast.", reason: "rate_limited", correlation_id: "id-1" };

/** Gives numbered tokens and remembers how it was asked. */
class NumberedTokens implements TokenSource {
  readonly asked: boolean[] = [];
  readonly claims: string[] = [];

  token(options?: { renew: boolean }): Promise<string> {
    this.asked.push(options?.renew ?? false);
    return Promise.resolve(`token-${this.asked.length}`);
  }

  satisfy(claims: string): Promise<void> {
    this.claims.push(claims);
    return Promise.resolve();
  }
}

const nobody: TokenSource = { token: () => Promise.resolve(null), satisfy: () => Promise.resolve() };

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

  it("answers a challenge for claims with a sign-in, and with no other token", async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const challenge = `Bearer error="insufficient_claims", claims="${btoa(claims)}"`;
    const fetch = vi.fn(() =>
      Promise.resolve(
        new Response(JSON.stringify({ reason: "insufficient_claims" }), {
          status: 401,
          headers: { "WWW-Authenticate": challenge },
        }),
      ),
    );
    vi.stubGlobal("fetch", fetch);
    const tokens = new NumberedTokens();
    const request = postForStream("/x", {}, tokens, new AbortController().signal);
    await expect(request).rejects.toMatchObject({ failure: { reason: "insufficient_claims", status: 401 } });
    expect(tokens.claims).toEqual([claims]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("sends no authorization where there is no sign-in", async () => {
    const fetch = answering(200);
    await postForStream("/x", {}, nobody, new AbortController().signal);
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

describe("a list", () => {
  it("fails as a whole where one of its items cannot be read, since that one would be missing", () => {
    const read = (item: unknown) => (typeof item === "string" ? item : undefined);
    expect(itemsOf({ items: ["a", "b"] }, read)).toEqual(["a", "b"]);
    expect(() => itemsOf({ items: ["a", 1] }, read)).toThrow(FailureError);
    expect(() => itemsOf({ items: null }, read)).toThrow(FailureError);
  });

  it("has to be a JSON object", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("[]")));
    await expect(getJson("/x", new NumberedTokens())).rejects.toMatchObject({
      failure: { reason: "answer_unknown" },
    });
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
