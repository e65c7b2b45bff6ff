import { describe, expect, it } from "vitest";
import { runEventOf } from "./run-events";

const event = (json: object) => runEventOf(JSON.stringify(json));

describe("an event of a run", () => {
  it("carries a hop exactly as it was sent, and nothing for what was null", () => {
    const value = {
      from: "browser",
      to: "chat",
      user: "vic",
      agent: null,
      scopes: ["Orders.Read"],
      evidence: "issued",
    };
    expect(event({ type: "CUSTOM", name: "identity.hop", value })).toEqual({
      type: "hop",
      hop: { from: "browser", to: "chat", user: "vic", scopes: ["Orders.Read"], evidence: "issued" },
    });
  });

  it.each([
    ["completed", false],
    ["failed", true],
  ])("takes a tool call that %s for what it is", (status, failed) => {
    const result = { type: "TOOL_CALL_RESULT", messageId: "m", toolCallId: "c", content: "[]", role: "tool" };
    expect(event({ ...result, status })).toEqual({ type: "tool-result", id: "c", content: "[]", failed });
  });

  it("never makes more of a hop's evidence than was said", () => {
    for (const evidence of [undefined, null, "VERIFIED", "proved"]) {
      const value = { from: "a", to: "b", evidence };
      expect(event({ type: "CUSTOM", name: "identity.hop", value })).toMatchObject({
        hop: { evidence: "reported" },
      });
    }
  });

  it("asks for consent with what the interrupt tells", () => {
    const interrupt = {
      id: "i",
      reason: "consent",
      message: "please",
      metadata: {
        agent: "orders-assistant",
        scopes: ["Orders.Read"],
        consent_link: "https://login.example/",
      },
    };
    expect(event({ type: "RUN_FINISHED", outcome: { type: "interrupt", interrupts: [interrupt] } })).toEqual({
      type: "waiting",
      waitsFor: {
        approvals: [],
        consent: {
          id: "i",
          agent: "orders-assistant",
          scopes: ["Orders.Read"],
          message: "please",
          link: "https://login.example/",
        },
      },
    });
  });

  const approval = {
    id: "a1",
    agent: "orders-assistant",
    tool: "delete-order",
    arguments: { id: "ORD-008" },
    before: { id: "ORD-008" },
    after: null,
    expires_at: "2026-11-25T08:00:00Z",
    state: "pending",
    conversation_id: null,
  };
  const waits = (...interrupts: object[]) =>
    event({ type: "RUN_FINISHED", outcome: { type: "interrupt", interrupts } });

  it("asks for each approval with all that is known of it", () => {
    const second = { ...approval, id: "a2" };
    expect(
      waits(
        { id: "a1", reason: "approval", metadata: approval },
        { id: "a2", reason: "approval", metadata: second },
      ),
    ).toMatchObject({
      type: "waiting",
      waitsFor: {
        approvals: [
          { id: "a1", tool: "delete-order", after: null, expiresAt: Date.UTC(2026, 10, 25, 8) },
          { id: "a2" },
        ],
      },
    });
  });

  it.each(["id", "agent", "tool", "arguments", "expires_at", "state"])(
    "shows no approval without its %s, and says so",
    (member) => {
      const metadata = { ...approval, [member]: undefined };
      expect(waits({ id: "a1", reason: "approval", metadata })).toEqual({
        type: "failed",
        failure: { reason: "interrupt_unknown" },
      });
    },
  );

  it("says so where a run waits for something that the page does not know", () => {
    const outcome = { type: "interrupt", interrupts: [{ id: "i", reason: "riddle" }] };
    expect(event({ type: "RUN_FINISHED", outcome })).toEqual({
      type: "failed",
      failure: { reason: "interrupt_unknown" },
    });
  });

  it("tells a failure with its reason and its correlation id", () => {
    expect(event({ type: "RUN_ERROR", message: "No.", code: "not_assigned", correlationId: "id-1" })).toEqual(
      {
        type: "failed",
        failure: { reason: "not_assigned", detail: "No.", correlationId: "id-1" },
      },
    );
  });

  it("is passed over where its kind is unknown or its data is no JSON object", () => {
    expect(event({ type: "STATE_DELTA" })).toBeUndefined();
    expect(event({ type: "CUSTOM", name: "other", value: {} })).toBeUndefined();
    expect(runEventOf("not json")).toBeUndefined();
    expect(runEventOf("[1]")).toBeUndefined();
  });
});
