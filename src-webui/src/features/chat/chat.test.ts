import { describe, expect, it } from "vitest";
import { FailureError } from "../../lib/failure";
import { type ConsentRequest, type RunEvent } from "../../lib/run-events";
import { type ChatRequest, type RunChat } from "./api";
import { Chat } from "./chat";
import { type Clock } from "./consent-wait";
import { answerOf, lastTurn } from "./conversation";

const consent: ConsentRequest = {
  id: "c",
  agent: "orders-assistant",
  scopes: ["Orders.Read"],
  link: "https://login.example/",
};
const started: RunEvent = { type: "started", conversationId: "conv" };
const asks: RunEvent[] = [started, { type: "consent", request: consent }];
const answers: RunEvent[] = [
  started,
  { type: "text", messageId: "m", delta: "You have 3 orders." },
  { type: "finished" },
];

/** A server whose answers are written down; it remembers what it was asked. */
class ScriptedServer {
  readonly requests: ChatRequest[] = [];
  readonly #answers: (RunEvent[] | Error | "never")[];

  constructor(...answers: (RunEvent[] | Error | "never")[]) {
    this.#answers = answers;
  }

  readonly run: RunChat = async function* (this: ScriptedServer, request: ChatRequest, signal: AbortSignal) {
    this.requests.push(request);
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error("not in the script");
    if (answer instanceof Error) throw answer;
    if (answer === "never") {
      yield started;
      await new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
      return;
    }
    yield* answer;
  }.bind(this);
}

const stopped: Clock = { now: () => 0, setTimeout: () => 1, clearTimeout: () => undefined };

function chatWith(server: ScriptedServer): Chat {
  return new Chat(server.run, { turns: [] }, stopped);
}

const statusOf = (chat: Chat) => lastTurn(chat.state().conversation)?.status;
const textOf = (chat: Chat) => answerOf(lastTurn(chat.state().conversation)!);

describe("the chat", () => {
  it("goes on in the conversation that the server opened", async () => {
    const server = new ScriptedServer(answers, answers);
    const chat = chatWith(server);
    await chat.send(" List my orders ");
    await chat.send("Show ORD-003");
    expect(server.requests).toEqual([
      { message: "List my orders" },
      { message: "Show ORD-003", conversation_id: "conv" },
    ]);
    expect(statusOf(chat)).toBe("done");
  });

  it.each(["conversation_not_found", "conversation_gone", "agent_not_found"])(
    "begins another conversation after %s",
    async (reason) => {
      const server = new ScriptedServer(answers, new FailureError({ reason, status: 404 }), answers);
      const chat = chatWith(server);
      await chat.send("List my orders");
      await chat.send("Show ORD-003");
      await chat.retry();
      expect(server.requests[1]).toHaveProperty("conversation_id", "conv");
      expect(server.requests[2]).toEqual({ message: "Show ORD-003" });
      expect(statusOf(chat)).toBe("done");
    },
  );

  it("stays in the conversation after any other failure", async () => {
    const server = new ScriptedServer(answers, new FailureError({ reason: "agent_failed" }), answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    await chat.send("Show ORD-003");
    await chat.retry();
    expect(server.requests[2]).toHaveProperty("conversation_id", "conv");
  });

  it("keeps the card when an attempt to go on is told that the agent is away", async () => {
    const away: RunEvent = { type: "failed", failure: { reason: "agent_unavailable" } };
    const server = new ScriptedServer(asks, [started, away]);
    const chat = chatWith(server);
    await chat.send("List my orders");
    chat.consentLinkOpened();
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("waiting");
    expect(server.requests).toHaveLength(2);
  });

  it("ends the wait when an attempt to go on is told of a failure that stays", async () => {
    const refused: RunEvent = { type: "failed", failure: { reason: "not_assigned" } };
    const server = new ScriptedServer(asks, [started, refused]);
    const chat = chatWith(server);
    await chat.send("List my orders");
    chat.consentLinkOpened();
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("failed");
  });

  it("asks nothing while an answer is under way", async () => {
    const server = new ScriptedServer("never");
    const chat = chatWith(server);
    void chat.send("one");
    await chat.send("two");
    expect(server.requests).toHaveLength(1);
    chat.stop();
  });

  it("stops an answer and says no more of it", async () => {
    const chat = chatWith(new ScriptedServer("never"));
    const sent = chat.send("one");
    chat.stop();
    await sent;
    expect(statusOf(chat)).toBe("stopped");
  });

  it("shows a failure and tries the same question again", async () => {
    const failure = { reason: "agent_unavailable", correlationId: "id-1" };
    const server = new ScriptedServer(new FailureError(failure), answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    expect(lastTurn(chat.state().conversation)).toMatchObject({ status: "failed", failure });
    await chat.retry();
    expect(statusOf(chat)).toBe("done");
    expect(chat.state().conversation.turns).toHaveLength(1);
  });
});

describe("the chat, where an agent needs consent", () => {
  it("keeps the card quietly until the consent is there, then answers once", async () => {
    const server = new ScriptedServer(asks, asks, asks, answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    expect(statusOf(chat)).toBe("waiting");
    chat.consentLinkOpened();
    for (let i = 0; i < 3; i++) await chat.checkConsent();
    expect(server.requests.slice(1)).toEqual(Array(3).fill({ conversation_id: "conv", resume: true }));
    expect(statusOf(chat)).toBe("done");
    expect(textOf(chat)).toBe("You have 3 orders.");
    expect(chat.state().conversation.turns).toHaveLength(1);
  });

  it("resumes when the person comes back, but only after they opened the link", async () => {
    const server = new ScriptedServer(asks, answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    chat.personReturned();
    expect(server.requests).toHaveLength(1);
    chat.consentLinkOpened();
    chat.personReturned();
    await chat.checkConsent();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(server.requests).toHaveLength(2);
    expect(statusOf(chat)).toBe("done");
  });

  it("goes on waiting through a failure that passes, and ends with one that does not", async () => {
    const server = new ScriptedServer(
      asks,
      new FailureError({ reason: "network" }),
      new FailureError({ reason: "http_503", status: 503 }),
      new FailureError({ reason: "http_404", status: 404 }),
    );
    const chat = chatWith(server);
    await chat.send("List my orders");
    chat.consentLinkOpened();
    await chat.checkConsent();
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("waiting");
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("failed");
  });

  it("starts a wait of its own for another consent, whose link has not been opened yet", async () => {
    const other: RunEvent = { type: "consent", request: { ...consent, scopes: ["Orders.Write"] } };
    const server = new ScriptedServer(asks, [started, other], answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    chat.consentLinkOpened();
    await chat.checkConsent();
    expect(chat.state().waiting.linkOpened).toBe(false);
    chat.consentLinkOpened();
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("done");
  });

  it("declines with one request and takes the answer", async () => {
    const server = new ScriptedServer(asks, [
      started,
      { type: "text", messageId: "m", delta: "All right." },
      { type: "finished" },
    ]);
    const chat = chatWith(server);
    await chat.send("List my orders");
    await chat.decline();
    expect(server.requests[1]).toEqual({ conversation_id: "conv", decline: true });
    expect(textOf(chat)).toBe("All right.");
    await chat.checkConsent();
    expect(server.requests).toHaveLength(2);
  });

  it("takes up a wait that a trip to the sign-in page interrupted", async () => {
    const server = new ScriptedServer(asks);
    const first = chatWith(server);
    await first.send("List my orders");
    const again = new ScriptedServer(answers);
    const chat = new Chat(again.run, first.state().conversation, stopped);
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("done");
  });
});
