import { describe, expect, it } from "vitest";
import { approved } from "../../lib/approval.fixture";
import { isOver, leftOf, nextChange } from "./expiry";

describe("the time that is left", () => {
  it.each([
    [300_000, { kind: "minutes", minutes: 5 }],
    [299_999, { kind: "minutes", minutes: 4 }],
    [60_000, { kind: "minutes", minutes: 1 }],
    [59_999, { kind: "seconds", seconds: 50 }],
    [9_999, { kind: "seconds", seconds: 0 }],
    [0, { kind: "expired" }],
    [-1, { kind: "expired" }],
  ])("is told coarsely, and never too long: %i ms", (left, told) => {
    expect(leftOf(left, 0)).toEqual(told);
  });

  it("is told anew exactly when its words change, and a bounded number of times", () => {
    const said = [];
    let now = 0;
    for (let wait = nextChange(300_000, now); wait !== undefined; wait = nextChange(300_000, now)) {
      said.push(JSON.stringify(leftOf(300_000, now)));
      now += wait;
    }
    expect(now).toBe(300_000);
    expect(said).toHaveLength(new Set(said).size);
    expect(said.length).toBeLessThan(15);
  });

  it("is over by the clock as well as by the server's word", () => {
    const pending = approved({ state: "pending", expiresAt: 10 });
    expect(isOver(pending, 9)).toBe(false);
    expect(isOver(pending, 10)).toBe(true);
    expect(isOver(approved({ state: "used", expiresAt: 10 }), 0)).toBe(true);
  });
});
