import { describe, expect, it } from "vitest";
import { type Failure, FailureError } from "../../lib/failure";
import { type RecordFilter } from "../../lib/record-filter";
import { type AuditApi, type AuditRecord, type RecordPage, type Verification } from "./api";
import { Records } from "./records";

const record = (id: string): AuditRecord => ({
  id,
  at: "2026-11-26T11:52:08Z",
  action: "get-order",
  decision: "permit",
  fields: [],
  seq: 1,
});

/** A log that is told in pages of two; what it is asked for waits where it is held up. */
class LogInPagesOfTwo implements AuditApi {
  ids: string[];
  refusal: Failure | undefined;
  noVerdict: Failure | undefined;
  readonly asked: string[] = [];
  heldUp: Promise<void> = Promise.resolve();
  /** The one that is not in the chain until it is checked. */
  late: string | undefined;

  constructor(...ids: string[]) {
    this.ids = ids;
  }

  async page(filter: RecordFilter, cursor: string | undefined): Promise<RecordPage> {
    this.asked.push(`page ${filter.order ?? "all"}`);
    const { heldUp } = this;
    const ids = this.ids.filter((id) => filter.order === undefined || id.startsWith(filter.order));
    const { refusal } = this;
    await heldUp;
    if (refusal !== undefined) throw new FailureError(refusal);
    const from = cursor === undefined ? 0 : ids.indexOf(cursor) + 1;
    const items = ids.slice(from, from + 2).map((id) => {
      const { seq: _, ...unplaced } = record(id);
      return id === this.late ? unplaced : record(id);
    });
    const last = items.at(-1)?.id;
    return from + 2 < ids.length && last !== undefined ? { items, next: last } : { items };
  }

  async verification(filter: RecordFilter): Promise<Verification> {
    this.asked.push(`verification ${filter.order ?? "all"}`);
    this.late = undefined;
    if (this.noVerdict !== undefined) throw new FailureError(this.noVerdict);
    return { holds: true, records: this.ids.length, sealed: this.ids.length };
  }

  key(): Promise<string> {
    return Promise.resolve("key");
  }

  export(): Promise<Response> {
    return Promise.resolve(new Response("\n"));
  }
}

const idsOf = (records: Records) => records.shown().items?.map(({ id }) => id);

describe("the records on the page", () => {
  it("are followed by what the chain says of all of them", async () => {
    const log = new LogInPagesOfTwo("b", "a");
    const records = new Records(log);
    expect(records.shown().verdict.kind).toBe("checking");
    await records.show({});
    expect(idsOf(records)).toEqual(["b", "a"]);
    expect(records.shown().verdict).toMatchObject({ kind: "told", verification: { holds: true } });
    expect(log.asked).toEqual(["page all", "verification all"]);
  });

  it("are told their places once they have some, and no others are added to what was checked", async () => {
    const log = new LogInPagesOfTwo("b", "a");
    log.late = "b";
    const records = new Records(log);
    const seqs: unknown[] = [];
    records.subscribe(() => {
      const { items, verdict } = records.shown();
      if (verdict.kind !== "told") return;
      seqs.push(items?.map(({ id, seq }) => `${id} ${seq}`));
      log.ids = ["c", "b"];
    });
    await records.show({});
    expect(seqs).toEqual([
      ["b undefined", "a 1"],
      ["b 1", "a 1"],
    ]);
    await records.again();
    expect(log.asked.filter((asked) => asked === "page all")).toHaveLength(3);
  });

  it("grow by a page where more are asked for, each record once, and end", async () => {
    const log = new LogInPagesOfTwo("e", "d", "c", "b", "a");
    const records = new Records(log);
    await records.show({});
    log.ids = ["f", ...log.ids];
    await records.more();
    await records.more();
    await records.more();
    expect(idsOf(records)).toEqual(["e", "d", "c", "b", "a"]);
    expect(records.shown().next).toBeUndefined();
  });

  it("are asked for once, however often that is pressed", async () => {
    const log = new LogInPagesOfTwo("c", "b", "a");
    const records = new Records(log);
    await records.show({});
    await Promise.all([records.more(), records.more()]);
    expect(log.asked.filter((asked) => asked === "page all")).toHaveLength(2);
  });

  it("are those of the last filter, whichever answer comes first", async () => {
    const log = new LogInPagesOfTwo("ORD-005 b", "ORD-006 a");
    const records = new Records(log);
    let release = () => undefined as void;
    log.heldUp = new Promise((resolve) => (release = resolve));
    const slow = records.show({ order: "ORD-006" });
    log.heldUp = Promise.resolve();
    await records.show({ order: "ORD-005" });
    release();
    await slow;
    expect(idsOf(records)).toEqual(["ORD-005 b"]);
    expect(log.asked).not.toContain("verification ORD-006");
  });

  it("are gone with their filter before others come", async () => {
    const log = new LogInPagesOfTwo("ORD-005 b");
    const records = new Records(log);
    await records.show({ order: "ORD-005" });
    const next = records.show({ order: "ORD-006" });
    expect(records.shown()).toMatchObject({ filter: { order: "ORD-006" }, verdict: { kind: "checking" } });
    expect(idsOf(records)).toBeUndefined();
    await next;
    expect(idsOf(records)).toEqual([]);
  });

  it("stay where they cannot be loaded again, which is said", async () => {
    const log = new LogInPagesOfTwo("a");
    const records = new Records(log);
    await records.show({});
    log.refusal = { reason: "network" };
    await records.again();
    expect(records.shown()).toMatchObject({ items: [{ id: "a" }], failure: { reason: "network" } });
    log.refusal = undefined;
    await records.again();
    expect(records.shown()).not.toHaveProperty("failure");
  });

  it("stay where no more of them can be had", async () => {
    const log = new LogInPagesOfTwo("c", "b", "a");
    const records = new Records(log);
    await records.show({});
    log.refusal = { reason: "cursor_invalid", status: 400 };
    await records.more();
    expect(records.shown()).toMatchObject({ loadingMore: false, failure: { reason: "cursor_invalid" } });
    expect(idsOf(records)).toEqual(["c", "b"]);
  });

  it("are not said to hold where that could not be learnt", async () => {
    const log = new LogInPagesOfTwo("a");
    const records = new Records(log);
    await records.show({});
    log.noVerdict = { reason: "unavailable", status: 503 };
    await records.again();
    expect(records.shown().verdict).toEqual({
      kind: "failed",
      failure: { reason: "unavailable", status: 503 },
    });
  });
});
