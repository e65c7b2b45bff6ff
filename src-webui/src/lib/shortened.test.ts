import { describe, expect, it } from "vitest";
import { shortened } from "./shortened";

describe("a shortened value", () => {
  it("keeps both ends of an id", () => {
    expect(shortened("c0ffee00-0000-4000-8000-0000000000b4")).toBe("c0ffee00…00b4");
    expect(shortened("api://c0ffee00-0000-4000-8000-0000000000a1")).toBe("api://c0ffee00…00a1");
  });

  it("leaves short values alone", () => {
    expect(shortened("https://ai.azure.com")).toBe("https://ai.azure.com");
  });
});
