import { describe, expect, it } from "vitest";
import { type Hop } from "../../lib/hop";
import { type ConsentRequest, type RunEvent } from "../../lib/run-events";
import { type Action, answerOf, type Conversation, lastTurn, reduce } from "./conversation";

const asked: Action = { type: "asked", turnId: "t1", question: "List my orders", at: 0 };
const hop: Hop = { from: "browser", to: "chat", evidence: "verified", scopes: [] };
const consent: ConsentRequest = { id: "c1", agent: "orders-assistant", scopes: ["Orders.Read"] };

function heard(...events: RunEvent[]): Action[] {
  return events.map((event) => ({ type: "heard", event }));
}

function after(...actions: Action[]): Conversation {
  return actions.reduce(reduce, { turns: [] });
}

describe("a conversation", () => {
  it("grows by the words of one message and starts a new part for the next", () => {
    const conversation = after(
      asked,
      ...heard(
        { type: "started", conversationId: "conv" },
        { type: "text", messageId: "m1", delta: "You have " },
        { type: "text", messageId: "m1", delta: "3 orders." },
        { type: "text", messageId: "m2", delta: "Anything else?" },
        { type: "finished" },
      ),
    );
    expect(conversation.id).toBe("conv");
    expect(lastTurn(conversation)?.status).toBe("done");
    expect(answerOf(lastTurn(conversation)!)).toBe("You have 3 orders.\n\nAnything else?");
  });

  it("joins the arguments and the result of a tool call by its id", () => {
    const conversation = after(
      asked,
      ...heard(
        { type: "tool", id: "a", name: "list-orders" },
        { type: "tool", id: "b", name: "whoami" },
        { type: "tool-arguments", id: "a", delta: '{"limit"' },
        { type: "tool-arguments", id: "a", delta: ":20}" },
        { type: "tool-result", id: "a", content: "[]", failed: false },
        { type: "tool-result", id: "b", content: "no", failed: true },
      ),
    );
    expect(lastTurn(conversation)?.parts).toEqual([
      { kind: "tool", id: "a", name: "list-orders", args: '{"limit":20}', status: "done", result: "[]" },
      { kind: "tool", id: "b", name: "whoami", args: "", status: "failed", result: "no" },
    ]);
  });

  it("keeps what had arrived when it is stopped or fails", () => {
    const begun = [asked, ...heard({ type: "text", messageId: "m", delta: "You ha" })];
    expect(lastTurn(after(...begun, { type: "stopped" }))).toMatchObject({ status: "stopped" });
    const failed = lastTurn(after(...begun, { type: "failed", failure: { reason: "network" } }))!;
    expect(failed).toMatchObject({ status: "failed", failure: { reason: "network" } });
    expect(answerOf(failed)).toBe("You ha");
  });

  it("does not leave a tool call running when the turn is over", () => {
    const conversation = after(asked, ...heard({ type: "tool", id: "a", name: "x" }), { type: "stopped" });
    expect(lastTurn(conversation)?.parts).toMatchObject([{ status: "failed" }]);
  });

  it("asks the same question in the same place when it is tried again", () => {
    const conversation = after(
      asked,
      ...heard({ type: "hop", hop }, { type: "failed", failure: { reason: "agent_unavailable" } }),
      { type: "retried", turnId: "t1", at: 1 },
    );
    expect(conversation.turns).toEqual([
      { id: "t1", question: "List my orders", askedAt: 1, status: "running", parts: [], hops: [] },
    ]);
  });

  it("forgets its turns and its id, but not the agent, when it is cleared", () => {
    const conversation = after(
      asked,
      ...heard(
        { type: "started", conversationId: "conv" },
        { type: "agent", name: "orders-assistant", mode: "guided" },
      ),
      { type: "cleared" },
    );
    expect(conversation).toEqual({ turns: [], agentName: "orders-assistant", agentMode: "guided" });
  });
});

describe("a turn that waits for consent", () => {
  const waiting = [asked, ...heard({ type: "hop", hop }, { type: "consent", request: consent })];

  it("is left as it was by a resumed run that only asks again", () => {
    const before = lastTurn(after(...waiting))!;
    const again = lastTurn(
      after(
        ...waiting,
        { type: "resumed" },
        ...heard({ type: "hop", hop }, { type: "consent", request: { ...consent, id: "c2" } }),
      ),
    )!;
    expect(again).toEqual({ ...before, consent: { ...consent, id: "c2" } });
  });

  it("shows its card until the resumed run has something to say", () => {
    const resumed = [...waiting, { type: "resumed" } as const, ...heard({ type: "hop", hop })];
    expect(lastTurn(after(...resumed))).toMatchObject({ status: "waiting", consent });
    const answering = lastTurn(after(...resumed, ...heard({ type: "text", messageId: "m", delta: "You" })))!;
    expect(answering.status).toBe("running");
    expect(answering.consent).toBeUndefined();
  });

  it("keeps what a resumed run achieved before it needed another consent", () => {
    const other: ConsentRequest = { id: "c3", agent: "orders-assistant", scopes: ["Orders.Write"] };
    const turn = lastTurn(
      after(
        ...waiting,
        { type: "resumed" },
        ...heard({ type: "text", messageId: "m", delta: "First part." }, { type: "consent", request: other }),
      ),
    )!;
    expect(turn).toMatchObject({ status: "waiting", consent: other });
    expect(answerOf(turn)).toBe("First part.");
  });

  it("forgets an attempt that a passing failure ended", () => {
    const turn = lastTurn(
      after(...waiting, { type: "resumed" }, ...heard({ type: "hop", hop }), { type: "kept-waiting" }),
    );
    expect(turn).toEqual(lastTurn(after(...waiting)));
  });

  it("goes on without the card once it is declined", () => {
    const turn = lastTurn(after(...waiting, { type: "declined" }))!;
    expect(turn).toMatchObject({ status: "running", declined: true });
    expect(turn.consent).toBeUndefined();
  });
});
