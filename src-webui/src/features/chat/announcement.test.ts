import { expect, it } from "vitest";
import { announcementOf } from "./announcement";
import { type Turn } from "./conversation";

const turn: Turn = { id: "1", question: "q", askedAt: 0, status: "done", parts: [], hops: [] };

it("says an answer without its markup", () => {
  const text =
    "You have **1 order**:\n\n| Order | Status |\n|---|---:|\n| ORD-001 | delivered |\n\nSee [it](https://x).";
  expect(announcementOf({ ...turn, parts: [{ kind: "text", id: "m", text }] }, "agent")).toBe(
    "Answer: You have 1 order : Order Status ORD-001 delivered See it.",
  );
});

it("says nothing of single words while the answer is under way", () => {
  const before = announcementOf({ ...turn, status: "running" }, "agent");
  const later = announcementOf(
    { ...turn, status: "running", parts: [{ kind: "text", id: "m", text: "You" }] },
    "agent",
  );
  expect(later).toBe(before);
});

it("names the agent that asks for permission", () => {
  const consent = { id: "c", agent: "orders-assistant", scopes: [] };
  expect(announcementOf({ ...turn, status: "waiting", consent }, "x")).toContain("orders-assistant");
});
