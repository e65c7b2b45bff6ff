import { expect, it } from "vitest";
import { READ_AUDIT, rightsOf } from "./rights";

it("rights are what the server says, and none are guessed", () => {
  expect(rightsOf({ id: "ada", may: ["list-orders", READ_AUDIT] })).toContain(READ_AUDIT);
  expect(rightsOf({ id: "vic", may: ["list-orders"] })).not.toContain(READ_AUDIT);
  expect(() => rightsOf({ id: "ada" })).toThrow();
});
