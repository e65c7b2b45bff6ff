import { describe, expect, it } from "vitest";
import { type Hop } from "../../lib/hop";
import { swimlanesOf } from "./lanes";

const hop = (from: string, to: string, more: Partial<Hop> = {}): Hop => ({
  from,
  to,
  evidence: "verified",
  scopes: [],
  ...more,
});

describe("swimlanes", () => {
  it("have one lane for each party, in the order in which they appear", () => {
    const { lanes, rows } = swimlanesOf([
      hop("browser", "chat"),
      hop("chat", "foundry"),
      hop("foundry", "chat"),
    ]);
    expect(lanes).toEqual(["browser", "chat", "foundry"]);
    expect(rows.map((row) => [row.fromLane, row.toLane])).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
  });

  it("count a hop that was made again instead of repeating it", () => {
    const { rows } = swimlanesOf([hop("browser", "chat"), hop("chat", "foundry"), hop("browser", "chat")]);
    expect(rows.map((row) => row.times)).toEqual([2, 1]);
  });

  it("keep hops apart that differ in anything at all", () => {
    const { rows } = swimlanesOf([hop("a", "b", { user: "vic" }), hop("a", "b", { user: "ada" })]);
    expect(rows).toHaveLength(2);
  });

  it("are empty where nothing was told", () => {
    expect(swimlanesOf([])).toEqual({ lanes: [], rows: [] });
  });
});
