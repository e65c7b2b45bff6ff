import { expect, it } from "vitest";
import { READ_AUDIT, rightsOf } from "./rights";

it("rights are what the server says, and none are guessed", () => {
  expect(rightsOf({ user: "ada", may: ["list-orders", READ_AUDIT] })).toContain(READ_AUDIT);
  expect(rightsOf({ user: "vic", may: ["list-orders"] })).not.toContain(READ_AUDIT);
  expect(() => rightsOf({ user: "ada" })).toThrow();
});
