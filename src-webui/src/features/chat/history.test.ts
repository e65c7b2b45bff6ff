import { describe, expect, it } from "vitest";
import { conversationOf } from "./history";

const hop = (to: string) => ({ from: "browser", to, evidence: "verified", scopes: [] });
const approval = {
  id: "a1",
  agent: "orders-assistant",
  tool: "delete-order",
  arguments: {},
  before: { id: "ORD-008" },
  after: null,
  expires_at: "2026-11-25T08:00:00Z",
  state: "pending",
};
const turn = {
  run_id: "r1",
  at: "2026-11-25T07:00:00Z",
  message: "Delete ORD-008",
  text: "",
  tool_calls: [],
};
const kept = { id: "conv", agent: "orders-assistant", turns: [turn], approvals: [], consents: [] };

describe("an earlier conversation", () => {
  it("has its questions, tool calls and answers in their order", () => {
    const answered = { ...turn, text: "Gone.", tool_calls: [{ name: "delete-order", status: "completed" }] };
    expect(conversationOf({ ...kept, turns: [answered] }, {})).toMatchObject({
      id: "conv",
      agentName: "orders-assistant",
      turns: [
        {
          question: "Delete ORD-008",
          status: "done",
          parts: [
            { kind: "tool", name: "delete-order", status: "done" },
            { kind: "text", text: "Gone." },
          ],
        },
      ],
    });
  });

  it("knows all runs that worked on a turn, as far as the trail tells", () => {
    const trail = {
      runs: [
        { run_id: "r1", hops: [] },
        { run_id: "r1b", hops: [] },
      ],
    };
    expect(conversationOf(kept, trail)?.turns).toMatchObject([{ runs: ["r1", "r1b"] }]);
    expect(conversationOf(kept, {})?.turns).toMatchObject([{ runs: ["r1"] }]);
  });

  it("shows again what it waits for", () => {
    expect(conversationOf({ ...kept, approvals: [approval] }, {})?.turns).toMatchObject([
      { status: "waiting", approvals: [{ id: "a1" }] },
    ]);
    const consents = [{ id: "c1", agent: "orders-functions", scopes: ["Orders.Read"] }];
    expect(conversationOf({ ...kept, consents }, {})?.turns).toMatchObject([
      { status: "waiting", consent: { id: "c1", agent: "orders-functions" } },
    ]);
  });

  it("is not shown as if it waited for nothing where that cannot be read", () => {
    expect(conversationOf({ ...kept, approvals: [{ ...approval, tool: undefined }] }, {})).toBeUndefined();
  });

  it("keeps how a turn failed", () => {
    const failed = { ...turn, error: { reason: "agent_failed", detail: "No." } };
    expect(conversationOf({ ...kept, turns: [failed] }, {})?.turns).toMatchObject([
      { status: "failed", failure: { reason: "agent_failed", detail: "No." } },
    ]);
  });

  it("joins a run that went on with the turn before it, and gives each turn its hops", () => {
    const turns = [turn, { ...turn, run_id: "r2", message: null, text: "Gone." }];
    const runs = [
      { run_id: "r1", hops: [hop("chat")] },
      { run_id: "r2", hops: [hop("foundry")] },
      { run_id: "unknown", hops: [hop("mcp")] },
    ];
    const read = conversationOf({ ...kept, turns }, { runs });
    expect(read?.turns).toHaveLength(1);
    expect(read?.turns[0]?.parts).toMatchObject([{ kind: "text", text: "Gone." }]);
    expect(read?.turns[0]?.hops.map(({ to }) => to)).toEqual(["chat", "foundry", "mcp"]);
  });

  it("is none without an id or turns", () => {
    expect(conversationOf({ ...kept, id: undefined }, {})).toBeUndefined();
    expect(conversationOf({ ...kept, turns: null }, {})).toBeUndefined();
  });
});
