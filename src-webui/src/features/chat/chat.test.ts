import { describe, expect, it } from "vitest";
import { type Approval } from "../../lib/approval";
import { approved } from "../../lib/approval.fixture";
import { type ConsentRequest } from "../../lib/consent";
import { FailureError } from "../../lib/failure";
import { type RunEvent } from "../../lib/run-events";
import { type ChatRequest, type RunChat } from "./api";
import { type ApprovalBook, Chat, type Surroundings } from "./chat";
import { type Clock } from "./consent-wait";
import { answerOf, type Conversation, lastTurn } from "./conversation";

const consent: ConsentRequest = {
  id: "c",
  agent: "orders-assistant",
  scopes: ["Orders.Read"],
  link: "https://login.example/",
};
const started: RunEvent = { type: "started", conversationId: "conv" };
const asks: RunEvent[] = [started, { type: "waiting", waitsFor: { consent: consent, approvals: [] } }];
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

/** Approvals whose state the test decides. */
class BookInHand implements ApprovalBook {
  readonly known = new Map<string, Approval | null>();
  readonly refreshed: string[] = [];
  readonly #listeners: (() => void)[] = [];

  readonly #decided = new Set<string>();

  take(approvals: readonly Approval[]): void {
    const news = approvals.filter(({ id }) => !this.#decided.has(id));
    for (const approval of news) this.known.set(approval.id, approval);
    this.#tell();
  }

  /** What is told of it after that is older. */
  decide(approval: Approval): void {
    this.#decided.add(approval.id);
    this.put(approval.id, approval);
  }

  put(id: string, approval: Approval | null): void {
    this.known.set(id, approval);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  current(id: string): Approval | null | undefined {
    return this.known.get(id);
  }

  refresh(ids: readonly string[]): Promise<void> {
    this.refreshed.push(...ids);
    return Promise.resolve();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => undefined;
  }
}

/** Remembers which consents were decided, and refuses where it is told to. */
class ConsentLedger {
  readonly decided: string[] = [];
  failure: FailureError | undefined;

  readonly decide = (id: string, decision: string): Promise<void> => {
    this.decided.push(`${decision} ${id}`);
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  };
}

const stopped: Clock = { now: () => 0, setTimeout: () => 1, clearTimeout: () => undefined };

function around(server: ScriptedServer, more: Partial<Surroundings> = {}): Surroundings {
  return {
    run: server.run,
    load: () => Promise.reject(new FailureError({ reason: "conversation_not_found", status: 404 })),
    decideConsent: new ConsentLedger().decide,
    approvals: new BookInHand(),
    agent: { name: "orders-assistant", mode: "guided" },
    clock: stopped,
    ...more,
  };
}

function chatWith(server: ScriptedServer, more: Partial<Surroundings> = {}): Chat {
  return new Chat(around(server, more));
}

/** Lets everything happen that has nothing left to wait for. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

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
    const other: RunEvent = {
      type: "waiting",
      waitsFor: { consent: { ...consent, scopes: ["Orders.Write"] }, approvals: [] },
    };
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
    const chat = new Chat(around(again), first.state().conversation);
    await chat.checkConsent();
    expect(statusOf(chat)).toBe("done");
  });
});

describe("the chat, where the server itself asks for consent", () => {
  const { link: _, ...own } = consent;
  const asksHere: RunEvent[] = [started, { type: "waiting", waitsFor: { consent: own, approvals: [] } }];

  it("sends one answer, however often it is given, and goes on", async () => {
    const ledger = new ConsentLedger();
    const server = new ScriptedServer(asksHere, answers);
    const chat = chatWith(server, { decideConsent: ledger.decide });
    await chat.send("List my orders");
    await Promise.all([chat.decideConsent("allow"), chat.decideConsent("allow")]);
    expect(ledger.decided).toEqual(["allow c"]);
    expect(server.requests[1]).toEqual({ conversation_id: "conv", resume: true });
    expect(statusOf(chat)).toBe("done");
  });

  it("tells the server of a refusal and takes its polite end", async () => {
    const ledger = new ConsentLedger();
    const server = new ScriptedServer(asksHere, [started, { type: "finished" }]);
    const chat = chatWith(server, { decideConsent: ledger.decide });
    await chat.send("List my orders");
    await chat.decideConsent("deny");
    expect(ledger.decided).toEqual(["deny c"]);
    expect(server.requests[1]).toEqual({ conversation_id: "conv", resume: true });
    expect(lastTurn(chat.state().conversation)).toMatchObject({ status: "done", declined: true });
  });

  it("keeps the card, and says why, where the answer did not arrive", async () => {
    const ledger = new ConsentLedger();
    ledger.failure = new FailureError({ reason: "network" });
    const chat = chatWith(new ScriptedServer(asksHere), { decideConsent: ledger.decide });
    await chat.send("List my orders");
    await chat.decideConsent("allow");
    expect(statusOf(chat)).toBe("waiting");
    expect(chat.state().waiting).toMatchObject({ problem: { reason: "network" } });
  });

  it("goes on where it was allowed elsewhere on the page", async () => {
    const server = new ScriptedServer(asksHere, answers);
    const chat = chatWith(server);
    await chat.send("List my orders");
    await chat.consentsChanged();
    expect(statusOf(chat)).toBe("done");
  });
});

describe("the chat, where an agent needs approvals", () => {
  const first = approved({ state: "pending" });
  const second = approved({ id: "a2", state: "pending" });
  const asksFor = (...approvals: Approval[]): RunEvent[] => [
    started,
    { type: "waiting", waitsFor: { approvals } },
  ];

  it("goes on by itself once, and only once the last of them is decided", async () => {
    const book = new BookInHand();
    const server = new ScriptedServer(asksFor(first, second), answers);
    const chat = chatWith(server, { approvals: book });
    await chat.send("Change both");
    book.put("a1", approved());
    await settled();
    expect(server.requests).toHaveLength(1);
    book.put("a2", { ...second, state: "denied" });
    book.put("a2", { ...second, state: "denied" });
    await settled();
    expect(server.requests.slice(1)).toEqual([{ conversation_id: "conv", resume: true }]);
    expect(statusOf(chat)).toBe("done");
    expect(
      lastTurn(chat.state().conversation)!.parts.flatMap((part) =>
        part.kind === "decided" ? [part.approval.state] : [],
      ),
    ).toEqual(["approved", "denied"]);
  });

  it("lets them be decided as soon as they are seen, and then goes on where all is heard", async () => {
    const book = new BookInHand();
    const server = new ScriptedServer(asksFor(first), answers);
    const chat = chatWith(server, { approvals: book });
    const seen: (Approval | null | undefined)[] = [];
    chat.subscribe(() => {
      if (statusOf(chat) !== "waiting" || seen.length > 0) return;
      seen.push(book.current("a1"));
      book.decide(approved());
    });
    await chat.send("Change it");
    await settled();
    expect(seen).toEqual([first]);
    expect(server.requests.slice(1)).toEqual([{ conversation_id: "conv", resume: true }]);
  });

  it("counts one that is gone as one that expired", async () => {
    const book = new BookInHand();
    const chat = chatWith(new ScriptedServer(asksFor(first), answers), { approvals: book });
    await chat.send("Change it");
    book.put("a1", null);
    await settled();
    expect(lastTurn(chat.state().conversation)!.parts[0]).toMatchObject({
      kind: "decided",
      approval: { state: "expired" },
    });
  });

  it("keeps the cards, and lets the person try again, where going on did not work", async () => {
    const book = new BookInHand();
    const server = new ScriptedServer(asksFor(first), new FailureError({ reason: "network" }), answers);
    const chat = chatWith(server, { approvals: book });
    await chat.send("Change it");
    book.put("a1", approved());
    await settled();
    expect(statusOf(chat)).toBe("waiting");
    expect(chat.state().waiting.stalled).toBe(true);
    await chat.goOn();
    expect(statusOf(chat)).toBe("done");
  });

  it("asks about them again when the person comes back to the window", async () => {
    const book = new BookInHand();
    const chat = chatWith(new ScriptedServer(asksFor(first)), { approvals: book });
    await chat.send("Change it");
    chat.personReturned();
    expect(book.refreshed).toEqual(["a1"]);
  });

  it("does not go on with a turn that was left", async () => {
    const book = new BookInHand();
    const server = new ScriptedServer(asksFor(first));
    const chat = chatWith(server, { approvals: book });
    await chat.send("Change it");
    chat.clear();
    book.put("a1", approved());
    await settled();
    expect(server.requests).toHaveLength(1);
  });
});

describe("the chat, with several agents", () => {
  it("names the agent that was chosen, once, and none where it is the usual one", async () => {
    const server = new ScriptedServer(answers, answers, answers);
    const chat = chatWith(server);
    chat.chooseAgent({ name: "orders-functions" });
    await chat.send("one");
    await chat.send("two");
    chat.clear();
    await chat.send("three");
    expect(server.requests).toEqual([
      { message: "one", agent: "orders-functions" },
      { message: "two", conversation_id: "conv" },
      { message: "three" },
    ]);
  });
});

describe("the chat, with an earlier conversation", () => {
  const earlier: Conversation = {
    id: "old",
    agentName: "orders-functions",
    turns: [
      {
        id: "r",
        question: "Change it",
        askedAt: 0,
        status: "waiting",
        parts: [],
        hops: [],
        approvals: [approved({ state: "pending" })],
      },
    ],
  };

  it("takes up what waits there", async () => {
    const book = new BookInHand();
    const server = new ScriptedServer(answers);
    const chat = chatWith(server, { approvals: book, load: () => Promise.resolve(earlier) });
    await chat.open("old");
    expect(statusOf(chat)).toBe("waiting");
    book.put("a1", approved());
    await settled();
    expect(server.requests).toEqual([{ conversation_id: "old", resume: true }]);
  });

  it("says so where it is gone", async () => {
    const chat = chatWith(new ScriptedServer());
    await chat.open("old");
    expect(chat.state().opening).toMatchObject({ id: "old", problem: { status: 404 } });
  });

  it("forgets it where the person has gone on to another in the meantime", async () => {
    const chat = chatWith(new ScriptedServer(), { load: () => Promise.resolve(earlier) });
    const opening = chat.open("old");
    chat.clear();
    await opening;
    expect(chat.state().conversation).toEqual({
      turns: [],
      agentName: "orders-assistant",
      agentMode: "guided",
    });
  });
});
