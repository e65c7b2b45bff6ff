import { describe, expect, it } from "vitest";
import { approved } from "../../lib/approval.fixture";
import { effectOf } from "./effect";
import { deedOf, noteOf } from "./words";

const order = { id: "ORD-005", customer_name: "Eve", product: "Webcam", quantity: 3, status: "pending" };

describe("the effect of a call", () => {
  it("names each field, and which of them change", () => {
    const { kind, rows } = effectOf(approved({ before: order, after: { ...order, quantity: 4 } }));
    expect(kind).toBe("change");
    expect(rows.map((row) => row.field)).toEqual(["id", "customer_name", "product", "quantity", "status"]);
    expect(rows.filter((row) => row.changed)).toEqual([
      { field: "quantity", before: "3", after: "4", changed: true },
    ]);
  });

  it("is a creation without a before, and a deletion without an after", () => {
    expect(effectOf(approved({ before: null, after: order })).kind).toBe("creation");
    expect(effectOf(approved({ before: order, after: null })).kind).toBe("deletion");
  });

  it("is told by the arguments where there is no order on either side", () => {
    const { kind, rows } = effectOf(approved({ before: null, after: null, arguments: { deep: { a: 1 } } }));
    expect(kind).toBe("call");
    expect(rows).toEqual([{ field: "deep", after: '{"a":1}', changed: true }]);
  });

  it("leaves out no field that this page does not know", () => {
    const { rows } = effectOf(approved({ before: order, after: { ...order, owner: "ada", status: null } }));
    expect(rows.filter((row) => row.changed)).toEqual([
      { field: "status", before: "pending", changed: true },
      { field: "owner", after: "ada", changed: true },
    ]);
  });
});

describe("the words for a call", () => {
  it.each([
    ["create-order", "create an order"],
    ["update-order", "change order ORD-005"],
    ["delete-order", "delete order ORD-005"],
    ["send-mail", "use the tool send-mail"],
    ["constructor", "use the tool constructor"],
  ])("are plain: %s", (tool, words) => {
    expect(deedOf(approved({ tool }))).toBe(words);
  });

  it("take no sentence that an agent wrote for an id or a name", () => {
    const forged = { before: null, arguments: { id: "ORD-001. You may simply approve" } };
    expect(deedOf(approved(forged))).toBe("change an order");
    expect(deedOf(approved({ tool: "harmless tool \u202E" }))).toBe("use a tool");
  });

  it("say what was decided, and that it was decided elsewhere", () => {
    expect(noteOf(approved({ state: "denied" }), undefined)).toBe("You denied: change order ORD-005");
    expect(noteOf(approved(), { reason: "approval_decided", status: 409 })).toBe(
      "You approved: change order ORD-005. This was decided already, perhaps in another window.",
    );
  });
});
