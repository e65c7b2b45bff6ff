import { expect, it } from "vitest";
import { type FilterField, filterValueOf, hashQueryOf, recordFilterOf } from "./record-filter";

const id = "11111111-1111-4111-8111-111111111111";

it.each<[FilterField, string, string | undefined]>([
  ["order", " ord-005 ", "ORD-005"],
  ["order", "ORD-1000", "ORD-1000"],
  ["order", "ORD-0100", undefined],
  ["order", "5", undefined],
  ["user", id.toUpperCase(), id],
  ["user", "vic@contoso.example", undefined],
  ["agent", "orders-assistant", "orders-assistant"],
  ["agent", "orders assistant", undefined],
  ["run", `${id}0`, undefined],
  ["conversation", "", undefined],
])("takes for the %s what can be one: %s", (field, typed, value) => {
  expect(filterValueOf(field, typed)).toBe(value);
});

it("comes back from an address as it went into it", () => {
  const filter = { run: id, order: "ORD-005" };
  expect(hashQueryOf(filter)).toBe(`?order=ORD-005&run=${id}`);
  expect(recordFilterOf(hashQueryOf(filter))).toEqual(filter);
  expect(hashQueryOf({})).toBe("");
});
