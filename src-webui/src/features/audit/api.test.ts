import { afterEach, describe, expect, it, vi } from "vitest";
import { type TokenSource } from "../../lib/http";
import { auditApi, recordOf, stateOf, verificationOf } from "./api";
import { changed, checkpoint, RUN, seen, VIC } from "./record.fixture";

const tokens: TokenSource = { token: () => Promise.resolve("token"), satisfy: () => Promise.resolve() };

function answering(json: unknown) {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response(JSON.stringify(json))));
  vi.stubGlobal("fetch", fetch);
  return () => fetch.mock.calls.map(([path]) => path);
}

afterEach(() => vi.unstubAllGlobals());

describe("a record", () => {
  it("is taken as the server tells it, with everything that it says in its order", () => {
    const record = recordOf(seen);
    expect(record).toMatchObject({
      at: "2026-11-26T11:52:08.123456Z",
      user: VIC,
      agent: "orders-assistant",
      action: "get-order",
      resource: "ORD-005",
      decision: "permit",
      rule: "own_rows",
      run: RUN,
      seq: 12,
    });
    expect(record?.fields.map(([name]) => name)).toEqual(Object.keys(seen).filter((name) => name !== "seq"));
    expect(record?.fields).toContainEqual(["version", "3"]);
  });

  it("has no place in the chain before it was given one", () => {
    expect(recordOf(changed)).not.toHaveProperty("seq");
  });

  it("shows also what this page has never heard of", () => {
    expect(recordOf({ ...seen, brand_new: { a: 1 } })?.fields).toContainEqual(["brand_new", '{"a":1}']);
  });

  it.each([
    ["id", undefined],
    ["at", "yesterday"],
    ["action", ""],
    ["decision", null],
  ])("is not guessed where its %s is %s", (member, value) => {
    expect(recordOf({ ...seen, [member]: value })).toBeUndefined();
  });
});

describe("what is said of the chain", () => {
  const holds = { holds: true, records: 2, sealed: 2, size: 1024, checkpoint };

  it("is taken as the server tells it", () => {
    expect(verificationOf(holds)).toEqual({ holds: true, records: 2, sealed: 2, checkpoint });
    expect(verificationOf({ ...holds, holds: false, reason: "chain" })).toMatchObject({
      holds: false,
      reason: "chain",
    });
  });

  it.each([
    ["holds", "true"],
    ["holds", undefined],
    ["records", undefined],
    ["sealed", -1],
    ["sealed", 3],
  ])("is no yes where its %s is %s", (member, value) => {
    expect(verificationOf({ ...holds, [member]: value })).toBeUndefined();
  });

  it("is no yes without a checkpoint, however much is in the chain", () => {
    for (const broken of [undefined, null, { size: 1024 }, { ...checkpoint, note: "" }])
      expect(stateOf(verificationOf({ ...holds, checkpoint: broken })!)).toBe("partly");
    expect(stateOf(verificationOf(holds)!)).toBe("holds");
  });

  it("needs no checkpoint as long as nothing is in the chain", () => {
    expect(verificationOf({ holds: true, records: 1, sealed: 0, size: 0 })).toEqual({
      holds: true,
      records: 1,
      sealed: 0,
    });
  });
});

describe("the audit log", () => {
  it("is asked for the records that a filter lets through, page by page", async () => {
    const asked = answering({ items: [seen], next_cursor: "c2" });
    const page = await auditApi(tokens).page({ order: "ORD-005", run: RUN }, "c1");
    expect(asked()).toEqual([`/api/v1/audit?order=ORD-005&run=${RUN}&limit=50&cursor=c1`]);
    expect(page.items).toHaveLength(1);
    expect(page.next).toBe("c2");
  });

  it("is verified for the same records", async () => {
    const asked = answering({ holds: true, records: 0, sealed: 0, size: 0 });
    await auditApi(tokens).verification({ order: "ORD-005" });
    await auditApi(tokens).verification({});
    expect(asked()).toEqual(["/api/v1/audit/verification?order=ORD-005", "/api/v1/audit/verification"]);
  });

  it("tells its key", async () => {
    answering({ key: "name+0a0b0c0d+AQ==" });
    expect(await auditApi(tokens).key()).toBe("name+0a0b0c0d+AQ==");
  });
});
