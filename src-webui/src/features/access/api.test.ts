import { describe, expect, it } from "vitest";
import { grantOf } from "./api";

const grant = {
  id: "c1",
  agent: "orders-assistant",
  kind: "prompt",
  scopes: ["Orders.Read"],
  state: "allowed",
  changed_at: "2026-11-25T08:00:00Z",
};

describe("a permission", () => {
  it("is taken as the server tells it", () => {
    expect(grantOf(grant)).toEqual({
      id: "c1",
      agent: "orders-assistant",
      kind: "prompt",
      scopes: ["Orders.Read"],
      state: "allowed",
      changedAt: Date.UTC(2026, 10, 25, 8),
    });
  });

  it.each([
    ["id", undefined],
    ["agent", ""],
    ["state", "ALLOWED"],
    ["state", undefined],
  ])("is not guessed where its %s is %s", (member, value) => {
    expect(grantOf({ ...grant, [member]: value })).toBeUndefined();
  });
});
