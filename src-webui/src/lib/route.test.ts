import { describe, expect, it } from "vitest";
import { hashOf, keepDestination, routeOf, takeDestination } from "./route";
import { memoryStorage } from "./storage.fixture";

const id = "11111111-1111-4111-8111-111111111111";

describe("a place of the page", () => {
  it.each([
    ["#/consents", { page: "consents" }],
    ["#/approvals", { page: "approvals" }],
    [`#/approvals/${id}`, { page: "approvals", id }],
    [`#/conversations/${id}`, { page: "chat", conversation: id }],
    ["#/", { page: "chat" }],
    ["", { page: "chat" }],
  ])("is named by its hash: %s", (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
    expect(routeOf(hashOf(routeOf(hash)))).toEqual(route);
  });

  it.each([
    "#consents",
    "#composer",
    "#/approvals/1",
    `#/approvals/${id}/x`,
    `#/approvals/${id}?next=https://evil.example`,
    "#//evil.example",
    "#/https://evil.example",
    "#/consents/x",
    "#/conversations",
    "#/conversations/old",
    "#code=abc&state=def",
    "https://evil.example/#/consents",
  ])("is the chat for everything else: %s", (hash) => {
    expect(routeOf(hash)).toEqual({ page: "chat" });
  });
});

describe("where the person wanted to go", () => {
  it("is kept for one trip to the sign-in page", () => {
    const storage = memoryStorage();
    keepDestination(storage, `#/approvals/${id}`);
    expect(takeDestination(storage)).toEqual({ page: "approvals", id });
    expect(takeDestination(storage)).toEqual({ page: "chat" });
  });

  it("is one of our own places, whatever stands in the storage", () => {
    const storage = memoryStorage();
    for (const hash of [
      "https://evil.example/",
      "javascript:alert(1)",
      "//evil.example",
      "#/approvals/../x",
    ]) {
      storage.setItem("throughline.destination", hash);
      expect(takeDestination(storage)).toEqual({ page: "chat" });
    }
  });

  it("is forgotten by a later trip from the chat", () => {
    const storage = memoryStorage();
    keepDestination(storage, "#/consents");
    keepDestination(storage, "#/");
    expect(takeDestination(storage)).toEqual({ page: "chat" });
  });
});
