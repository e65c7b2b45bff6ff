import { type Approval } from "../../lib/approval";
import { type Failure, failureOf, isTransient } from "../../lib/failure";
import { type ChatRequest, type ConsentDecision, type DecideConsent, type RunChat } from "./api";
import { type Clock, ConsentWait } from "./consent-wait";
import {
  type Action,
  type AgentChoice,
  type Conversation,
  conversationWith,
  lastTurn,
  reduce,
  sameWait,
} from "./conversation";

/** What the page shows of a wait beyond the turn itself. */
export interface Waiting {
  readonly linkOpened: boolean;
  readonly pollsUsedUp: boolean;
  /** What the person answered to a consent of ours, while it is on its way and the run goes on. */
  readonly answered?: ConsentDecision;
  readonly problem?: Failure;
  /** Everything is decided, but going on did not work. */
  readonly stalled?: true;
}

export interface ChatState {
  readonly conversation: Conversation;
  readonly waiting: Waiting;
  /** The conversation that is being loaded, or could not be. */
  readonly opening?: { readonly id: string; readonly problem?: Failure };
}

/** What is known of approvals at the moment, wherever on this page they were decided. */
export interface ApprovalBook {
  /** Takes note of approvals as the server told them. */
  take(approvals: readonly Approval[]): void;
  /** An approval as far as it is known now; null for one that is gone. */
  current(id: string): Approval | null | undefined;
  /** Asks the server again about those that were not decided here. */
  refresh(ids: readonly string[]): Promise<void>;
  subscribe(listener: () => void): () => void;
}

/** What the chat needs from others. */
export interface Surroundings {
  readonly run: RunChat;
  readonly load: (id: string) => Promise<Conversation>;
  readonly decideConsent: DecideConsent;
  readonly approvals: ApprovalBook;
  /** Who answers where the person has not chosen. */
  readonly agent: AgentChoice;
  readonly clock?: Clock;
}

const NOT_OPENED: Waiting = { linkOpened: false, pollsUsedUp: false };

const browserClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => window.setTimeout(callback, ms),
  clearTimeout: (handle) => window.clearTimeout(handle),
};

/**
 * The conversation on the page: takes what the person does, runs requests one at a time, and tells its
 * listeners. Knows nothing of React, so that its rules can be tested without a browser.
 */
export class Chat {
  readonly #around: Surroundings;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #state: ChatState;
  #request: AbortController | undefined;
  #wait: ConsentWait | undefined;

  constructor(around: Surroundings, initial: Conversation = conversationWith(around.agent)) {
    this.#around = around;
    this.#clock = around.clock ?? browserClock;
    this.#state = { conversation: initial, waiting: NOT_OPENED };
    around.approvals.subscribe(() => void this.#approvalsChanged());
    if (this.#isWaiting()) this.#startWaiting();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ChatState => this.#state;

  /** Asks. Ignored while an answer is under way or waits: the page does not offer it then. */
  async send(question: string): Promise<void> {
    const text = question.trim();
    if (text === "" || this.#busy()) return;
    this.#apply({ type: "asked", turnId: crypto.randomUUID(), question: text, at: this.#clock.now() });
    await this.#answer(this.#ask(text));
  }

  /** Asks the same question again in the place of an answer that failed or was stopped. */
  async retry(): Promise<void> {
    const turn = lastTurn(this.#state.conversation);
    if (turn === undefined || this.#busy()) return;
    this.#apply({ type: "retried", turnId: turn.id, at: this.#clock.now() });
    await this.#answer(this.#ask(turn.question));
  }

  stop(): void {
    if (lastTurn(this.#state.conversation)?.status !== "running") return;
    this.#abort();
    this.#apply({ type: "stopped" });
  }

  consentLinkOpened(): void {
    this.#wait?.opened();
    this.#set({ ...this.#state, waiting: { linkOpened: true, pollsUsedUp: false } });
  }

  personReturned(): void {
    this.#wait?.returned();
    const { approvals = [] } = this.#waitingTurn() ?? {};
    if (approvals.length > 0) void this.#around.approvals.refresh(approvals.map((approval) => approval.id));
  }

  async checkConsent(): Promise<void> {
    await this.#wait?.check();
  }

  /** Answers a consent that the server itself asks for, once, and goes on. */
  async decideConsent(decision: ConsentDecision): Promise<void> {
    const consent = this.#waitingTurn()?.consent;
    const wait = this.#wait;
    if (consent === undefined || wait === undefined || this.#state.waiting.answered !== undefined) return;
    this.#set({ ...this.#state, waiting: { ...NOT_OPENED, answered: decision } });
    try {
      await this.#around.decideConsent(consent.id, decision);
    } catch (error) {
      if (this.#wait === wait)
        this.#set({ ...this.#state, waiting: { ...NOT_OPENED, problem: failureOf(error) } });
      return;
    }
    if (this.#wait !== wait) return;
    if (decision === "deny") await this.#declined("resume");
    else await this.goOn();
  }

  /** Tries to go on with a turn for which everything is decided. */
  async goOn(): Promise<void> {
    const wait = this.#wait;
    if (wait === undefined) return;
    await wait.check();
    if (this.#wait === wait && this.#isWaiting())
      this.#set({ ...this.#state, waiting: { ...NOT_OPENED, stalled: true } });
  }

  /** A consent was decided elsewhere on this page. */
  async consentsChanged(): Promise<void> {
    const consent = this.#waitingTurn()?.consent;
    if (consent !== undefined && consent.link === undefined) await this.#wait?.check();
  }

  async decline(): Promise<void> {
    await this.#declined("decline");
  }

  /** Begins another conversation; the one before stays at the server. */
  clear(): void {
    this.#leave();
    this.#set({ conversation: conversationWith(this.#around.agent), waiting: NOT_OPENED });
  }

  /** Chooses who answers in a conversation that has not begun. */
  chooseAgent(agent: AgentChoice): void {
    this.#apply({ type: "agent-chosen", agent });
  }

  /** Takes up an earlier conversation. */
  async open(id: string): Promise<void> {
    this.#leave();
    const opening = { id };
    this.#set({ conversation: conversationWith({}), waiting: NOT_OPENED, opening });
    try {
      const conversation = await this.#around.load(id);
      if (this.#state.opening !== opening) return;
      const { name, mode } = this.#around.agent;
      // How the usual agent works is known; of another one the next answer tells.
      const known = conversation.agentName === name && mode !== undefined ? { agentMode: mode } : {};
      this.#set({ conversation: { ...conversation, ...known }, waiting: NOT_OPENED });
      if (this.#isWaiting()) this.#startWaiting();
    } catch (error) {
      if (this.#state.opening !== opening) return;
      this.#set({ ...this.#state, opening: { id, problem: failureOf(error) } });
    }
  }

  #ask(message: string): ChatRequest {
    const { id, agentName } = this.#state.conversation;
    if (id !== undefined) return { message, conversation_id: id };
    return agentName === undefined || agentName === this.#around.agent.name
      ? { message }
      : { message, agent: agentName };
  }

  async #answer(request: ChatRequest): Promise<void> {
    const failure = await this.#play(request);
    if (failure !== undefined) this.#apply({ type: "failed", failure });
    if (this.#isWaiting()) this.#startWaiting();
  }

  async #declined(how: "decline" | "resume"): Promise<void> {
    const id = this.#state.conversation.id;
    if (id === undefined || this.#wait === undefined) return;
    this.#leave();
    this.#apply({ type: "declined" });
    await this.#answer(
      how === "decline" ? { conversation_id: id, decline: true } : { conversation_id: id, resume: true },
    );
  }

  /** One attempt to go on after a wait. Until the server does go on, the cards stay as they are. */
  async #resume(): Promise<"waiting" | "settled"> {
    const { id } = this.#state.conversation;
    const asked = this.#waitingTurn();
    if (id === undefined || asked === undefined) return "settled";
    this.#apply({ type: "resumed", decided: this.#decided(asked.approvals ?? []) });
    const failure = await this.#play({ conversation_id: id, resume: true }, isTransient);
    const turn = lastTurn(this.#state.conversation);
    if (failure !== undefined) {
      const goOn = turn?.beforeResume !== undefined && isTransient(failure);
      this.#apply(goOn ? { type: "kept-waiting" } : { type: "failed", failure });
      return goOn ? "waiting" : "settled";
    }
    if (turn?.status !== "waiting") return "settled";
    if (sameWait(turn, asked)) return "waiting";
    this.#startWaiting();
    return "settled";
  }

  /**
   * Plays one request into the conversation. A request that was aborted has nothing more to say.
   *
   * @param passing the reported failures that are answered like failures of the request, instead of being played
   */
  async #play(
    request: ChatRequest,
    passing: (failure: Failure) => boolean = () => false,
  ): Promise<Failure | undefined> {
    const abort = new AbortController();
    this.#request = abort;
    try {
      for await (const event of this.#around.run(request, abort.signal)) {
        if (abort.signal.aborted) return undefined;
        if (event.type === "failed" && passing(event.failure)) return event.failure;
        // Before their cards are there: they can be decided at once.
        if (event.type === "waiting") this.#around.approvals.take(event.waitsFor.approvals);
        this.#apply({ type: "heard", event });
      }
      return undefined;
    } catch (error) {
      return abort.signal.aborted ? undefined : failureOf(error);
    } finally {
      if (this.#request === abort) this.#request = undefined;
    }
  }

  #startWaiting(): void {
    this.#stopWaiting();
    const wait: ConsentWait = new ConsentWait(
      async () => {
        const outcome = await this.#resume();
        if (outcome === "settled" && this.#wait === wait) this.#wait = undefined;
        return outcome;
      },
      () => this.#set({ ...this.#state, waiting: { linkOpened: true, pollsUsedUp: true } }),
      this.#clock,
    );
    this.#wait = wait;
    this.#set({ ...this.#state, waiting: NOT_OPENED });
    this.#around.approvals.take(this.#waitingTurn()?.approvals ?? []);
  }

  #stopWaiting(): void {
    this.#wait?.end();
    this.#wait = undefined;
  }

  /** When the last of a turn's approvals is decided, the turn goes on by itself. */
  async #approvalsChanged(): Promise<void> {
    const { approvals = [], consent } = this.#waitingTurn() ?? {};
    if (approvals.length === 0 || consent !== undefined || this.#state.waiting.stalled === true) return;
    if (this.#decided(approvals).length < approvals.length) return;
    await this.goOn();
  }

  /** Those that are pending no longer, as they are now. */
  #decided(approvals: readonly Approval[]): Approval[] {
    return approvals.flatMap((approval) => {
      const current = this.#around.approvals.current(approval.id);
      // What is gone can never be used: that counts as expired.
      if (current === null) return [{ ...approval, state: "expired" as const }];
      return current === undefined || current.state === "pending" ? [] : [current];
    });
  }

  #waitingTurn() {
    const turn = lastTurn(this.#state.conversation);
    return turn?.status === "waiting" ? turn : undefined;
  }

  #isWaiting(): boolean {
    return this.#waitingTurn() !== undefined;
  }

  #busy(): boolean {
    const status = lastTurn(this.#state.conversation)?.status;
    return status === "running" || status === "waiting" || this.#state.opening !== undefined;
  }

  #leave(): void {
    this.#stopWaiting();
    this.#abort();
  }

  #abort(): void {
    this.#request?.abort();
    this.#request = undefined;
  }

  #apply(action: Action): void {
    this.#set({ ...this.#state, conversation: reduce(this.#state.conversation, action) });
  }

  #set(state: ChatState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
