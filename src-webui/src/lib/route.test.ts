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
    ["#/audit", { page: "audit", filter: {} }],
    ["#/audit?order=ORD-005", { page: "audit", filter: { order: "ORD-005" } }],
    [
      `#/audit?user=${id}&agent=orders-assistant&order=ORD-1000&conversation=${id}&run=${id}`,
      {
        page: "audit",
        filter: { user: id, agent: "orders-assistant", order: "ORD-1000", conversation: id, run: id },
      },
    ],
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
    "#/audit/",
    "#/audit/x",
    "#/audits",
    "#/audit?order=5",
    "#/audit?order=ORD-005&order=ORD-006",
    "#/audit?user=vic@contoso.example",
    "#/audit?agent=a%2Fb",
    "#/audit?cursor=x",
    "#/audit?run=",
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

  it("is also kept where it says which records", () => {
    const storage = memoryStorage();
    keepDestination(storage, `#/audit?conversation=${id}`);
    expect(takeDestination(storage)).toEqual({ page: "audit", filter: { conversation: id } });
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
