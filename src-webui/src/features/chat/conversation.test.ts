import { describe, expect, it } from "vitest";
import { approved } from "../../lib/approval.fixture";
import { type ConsentRequest } from "../../lib/consent";
import { type Hop } from "../../lib/hop";
import { type RunEvent } from "../../lib/run-events";
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

  it("knows the runs that worked on an answer, also where it took a second one", () => {
    const conversation = after(
      asked,
      ...heard(
        { type: "started", conversationId: "conv", runId: "r1" },
        { type: "waiting", waitsFor: { consent, approvals: [] } },
      ),
      { type: "resumed", decided: [] },
      ...heard({ type: "started", conversationId: "conv", runId: "r2" }, { type: "finished" }),
    );
    expect(lastTurn(conversation)?.runs).toEqual(["r1", "r2"]);
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

  it("shows a call once that is told again when the turn goes on", () => {
    const conversation = after(
      asked,
      ...heard(
        { type: "tool", id: "a", name: "list-orders" },
        { type: "tool-arguments", id: "a", delta: "{}" },
        { type: "waiting", waitsFor: { consent, approvals: [] } },
      ),
      { type: "resumed", decided: [] },
      ...heard(
        { type: "tool", id: "a", name: "list-orders" },
        { type: "tool-arguments", id: "a", delta: "{}" },
        { type: "tool-result", id: "a", content: "[]", failed: false },
      ),
    );
    expect(lastTurn(conversation)?.parts).toEqual([
      { kind: "tool", id: "a", name: "list-orders", args: "{}", status: "done", result: "[]" },
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

  it("lets the agent be chosen until something has been said", () => {
    const choice: Action = { type: "agent-chosen", agent: { name: "orders-functions" } };
    expect(after(choice)).toEqual({ turns: [], agentName: "orders-functions" });
    const begun = after(asked, ...heard({ type: "agent", name: "orders-assistant", mode: "guided" }));
    expect(reduce(begun, choice)).toEqual(begun);
  });
});

describe("a turn that waits for consent", () => {
  const waiting = [
    asked,
    ...heard({ type: "hop", hop }, { type: "waiting", waitsFor: { consent: consent, approvals: [] } }),
  ];

  it("is left as it was by a resumed run that only asks again", () => {
    const before = lastTurn(after(...waiting))!;
    const again = lastTurn(
      after(
        ...waiting,
        { type: "resumed", decided: [] },
        ...heard(
          { type: "hop", hop },
          { type: "waiting", waitsFor: { consent: { ...consent, id: "c2" }, approvals: [] } },
        ),
      ),
    )!;
    expect(again).toEqual({ ...before, consent: { ...consent, id: "c2" } });
  });

  it("shows its card until the resumed run has something to say", () => {
    const resumed = [...waiting, { type: "resumed", decided: [] } as const, ...heard({ type: "hop", hop })];
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
        { type: "resumed", decided: [] },
        ...heard(
          { type: "text", messageId: "m", delta: "First part." },
          { type: "waiting", waitsFor: { consent: other, approvals: [] } },
        ),
      ),
    )!;
    expect(turn).toMatchObject({ status: "waiting", consent: other });
    expect(answerOf(turn)).toBe("First part.");
  });

  it("forgets an attempt that a passing failure ended", () => {
    const turn = lastTurn(
      after(...waiting, { type: "resumed", decided: [] }, ...heard({ type: "hop", hop }), {
        type: "kept-waiting",
      }),
    );
    expect(turn).toEqual(lastTurn(after(...waiting)));
  });

  it("goes on without the card once it is declined", () => {
    const turn = lastTurn(after(...waiting, { type: "declined" }))!;
    expect(turn).toMatchObject({ status: "running", declined: true });
    expect(turn.consent).toBeUndefined();
  });
});

describe("a turn that waits for approvals", () => {
  const first = approved({ state: "pending" });
  const second = approved({ id: "a2", tool: "delete-order", state: "pending" });
  const ask: RunEvent = { type: "waiting", waitsFor: { approvals: [first, second] } };
  const decided = [approved(), { ...second, state: "denied" as const }];
  const waiting = [asked, ...heard({ type: "text", messageId: "m", delta: "I will." }, ask)];

  it("shows all of them", () => {
    expect(lastTurn(after(...waiting))).toMatchObject({ status: "waiting", approvals: [first, second] });
  });

  it("notes what was decided when it goes on", () => {
    const turn = lastTurn(after(...waiting, { type: "resumed", decided }))!;
    expect(turn.status).toBe("running");
    expect(turn.approvals).toBeUndefined();
    expect(turn.parts.slice(1)).toEqual(
      decided.map((approval) => ({ kind: "decided", id: approval.id, approval })),
    );
  });

  it("is left as it was where the server asks for the same again", () => {
    const turn = lastTurn(after(...waiting, { type: "resumed", decided }, ...heard(ask)));
    expect(turn).toEqual(lastTurn(after(...waiting)));
  });

  it("is left as it was where going on did not work", () => {
    const turn = lastTurn(after(...waiting, { type: "resumed", decided }, { type: "kept-waiting" }));
    expect(turn).toEqual(lastTurn(after(...waiting)));
  });

  it("keeps the note of what was decided where something else is asked for next", () => {
    const third = approved({ id: "a3", state: "pending" });
    const next: RunEvent = { type: "waiting", waitsFor: { approvals: [third] } };
    const turn = lastTurn(after(...waiting, { type: "resumed", decided }, ...heard(next)))!;
    expect(turn.approvals).toEqual([third]);
    expect(turn.parts.map((part) => part.kind)).toEqual(["text", "decided", "decided"]);
  });
});
