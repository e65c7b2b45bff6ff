import { expect, it } from "vitest";
import { announcementOf } from "./announcement";
import { approved } from "../../lib/approval.fixture";
import { type Approval } from "../../lib/approval";
import { type Turn } from "./conversation";

const titleOf = ({ agent, tool }: Approval) => `${agent} wants ${tool}`;

const turn: Turn = { id: "1", question: "q", askedAt: 0, status: "done", parts: [], hops: [] };

it("says an answer without its markup", () => {
  const text =
    "You have **1 order**:\n\n| Order | Status |\n|---|---:|\n| ORD-001 | delivered |\n\nSee [it](https://x).";
  expect(announcementOf({ ...turn, parts: [{ kind: "text", id: "m", text }] }, "agent", titleOf)).toBe(
    "Answer: You have 1 order : Order Status ORD-001 delivered See it.",
  );
});

it("says nothing of single words while the answer is under way", () => {
  const before = announcementOf({ ...turn, status: "running" }, "agent", titleOf);
  const later = announcementOf(
    { ...turn, status: "running", parts: [{ kind: "text", id: "m", text: "You" }] },
    "agent",
    titleOf,
  );
  expect(later).toBe(before);
});

it("names the agent that asks for permission", () => {
  const consent = { id: "c", agent: "orders-assistant", scopes: [] };
  expect(announcementOf({ ...turn, status: "waiting", consent }, "x", titleOf)).toContain("orders-assistant");
});

it("names what is to be approved, and counts where it is more than one thing", () => {
  const one = approved({ state: "pending" });
  expect(announcementOf({ ...turn, status: "waiting", approvals: [one] }, "x", titleOf)).toBe(
    "orders-assistant wants update-order. Your approval is needed.",
  );
  const two = [one, { ...one, id: "other" }];
  expect(announcementOf({ ...turn, status: "waiting", approvals: two }, "x", titleOf)).toContain(
    "2 approvals",
  );
});
