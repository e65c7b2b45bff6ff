import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failures, failureText, text } from "./en";

const repository = new URL("../../../", import.meta.url);
const adapters = "adapters-in/src/main/java/dev/throughline/in/";
const domain = "domain/src/main/java/dev/throughline/";

const read = (path: string) => readFileSync(new URL(path, repository), "utf8");
const all = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map((match) => match[1]!);

/** The names of an enum's constants as they go over the wire. */
function constantsOf(path: string): string[] {
  const code = read(path).replace(/"[^"]*"/g, '""');
  const constants = code.split(/\benum \w+ \{/)[1]!.split(";")[0]!;
  return all(constants, /\b([A-Z][A-Z_]+)\(/g).map((name) => name.toLowerCase());
}

/** The reasons of the problems that a file's code makes. */
function problemsOf(path: string): string[] {
  const source = read(path);
  return [...all(source, /\bof\(\s*\w+,\s*"(\w+)"/g), ...all(source, /\bProblem\.ofField\(\s*"(\w+)"/g)];
}

const folders = ["chat", "http", "refusal", "security"];
const sources = folders.flatMap((folder) =>
  readdirSync(new URL(`${adapters}${folder}`, repository)).map((file) => `${adapters}${folder}/${file}`),
);
const ofTheirOwnAffairs = ["ApprovalsResource.java", "ConsentsResource.java"].map(
  (file) => `${adapters}rest/${file}`,
);
const refusedCallers = all(
  read(`${adapters}security/TokenRejection.java`),
  /([A-Z_]+)\(Answer\.FORBIDDEN\)/g,
).map((name) => name.toLowerCase());

/** Every reason that the chat endpoint, or what stands before it, can give. */
const reasons = new Set([
  ...constantsOf(`${domain}conversation/RunFailure.java`),
  ...constantsOf(`${domain}access/DenyReason.java`),
  ...refusedCallers,
  ...constantsOf(`${adapters}edge/EdgeRejection.java`),
  ...[...sources, ...ofTheirOwnAffairs].flatMap(problemsOf),
]);

/** What the page finds out by itself. */
const own = [
  "network",
  "stream_interrupted",
  "not_a_stream",
  "answer_unknown",
  "interrupt_unknown",
  "unexpected",
  "config_incomplete",
  "run_failed",
  "session_expired",
  "sign_in_failed",
];

/** What a challenge says, which is no problem document. */
const ofChallenges = ["insufficient_claims"];

describe("the sentences on failures", () => {
  it("are held against what the server's sources say", () => {
    // One of each kind: a pattern that no longer fits the sources must not pass for sources without reasons.
    const kinds = [
      "consent_link_refused",
      "app_may_not_chat",
      "user_required",
      "nothing_waits",
      "value_missing",
      "origin_not_allowed",
    ];
    expect([...reasons]).toEqual(
      expect.arrayContaining([...kinds, "internal_error", "unavailable", "body_too_large"]),
    );
  });

  it("cover every reason that the server can give", () => {
    expect([...reasons].filter((reason) => failures[reason] === undefined)).toEqual([]);
  });

  it("cover no reason that nobody gives", () => {
    const given = (reason: string) =>
      reasons.has(reason) ||
      own.includes(reason) ||
      ofChallenges.includes(reason) ||
      /^http_\d{3}$/.test(reason);
    expect(Object.keys(failures).filter((reason) => !given(reason))).toEqual([]);
  });

  it.each([
    [1, "That was too much at once. Try again in one second."],
    [2, "That was too much at once. Try again in 2 seconds."],
    [90, "That was too much at once. Try again in 90 seconds."],
    [91, "That was too much at once. Try again in 2 minutes."],
    [121, "That was too much at once. Try again in 3 minutes."],
  ])("say when to come back, where the server does: after %i s", (retryAfter, sentence) => {
    expect(failureText({ reason: "rate_limited", status: 429, detail: "Wait.", retryAfter })).toBe(sentence);
    expect(failureText({ reason: "http_429", status: 429, retryAfter })).toBe(sentence);
    expect(failureText({ reason: "busy", status: 503, retryAfter })).toBe(failures.busy);
    expect(failureText({ reason: "rate_limited", status: 429 })).toBe(failures.rate_limited);
  });

  it("leave the word to the server where only the status is known here", () => {
    expect(failureText({ reason: "http_404", status: 404, detail: "Nobody by that name." })).toBe(
      "Nobody by that name.",
    );
    expect(failureText({ reason: "http_404", status: 404 })).toBe(failures.http_404);
    expect(failureText({ reason: "brand_new", detail: "Try the other door." })).toBe("Try the other door.");
  });
});

describe("the words of the audit log", () => {
  it("cover every reason to deny and every rule that the policy names", () => {
    const rules = [
      ...constantsOf(`${domain}access/DenyReason.java`),
      ...all(read(`${domain}access/AccessPolicy.java`), /"(\w+_(?:rows|caller))"/g),
      ...all(read(`${domain}access/Decision.java`), /String rule\(\) \{\s*return "(\w+)"/g),
    ];
    expect(rules).toEqual(expect.arrayContaining(["not_owner", "own_rows", "tenant_rows", "scope_missing"]));
    expect(rules.filter((rule) => text.audit.rules[rule] === undefined)).toEqual([]);
  });

  it("cover every answer of the policy and every action", () => {
    const decisions = all(read(`${domain}access/Decision.java`), /"(permit|deny|needs_\w+)"/g);
    const actions = all(read(`${domain}access/Action.java`), /\b[A-Z_]+\("([a-z-]+)"/g);
    expect(decisions).toHaveLength(5);
    expect(actions).toEqual(expect.arrayContaining(["list-orders", "chat", "whoami"]));
    expect(decisions.filter((name) => text.audit.decisions[name] === undefined)).toEqual([]);
    expect(actions.filter((name) => text.audit.actions[name] === undefined)).toEqual([]);
  });
});
