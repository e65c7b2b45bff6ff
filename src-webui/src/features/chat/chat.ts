import { type Failure, failureOf, isTransient } from "../../lib/failure";
import { type ChatRequest, type RunChat } from "./api";
import { type Clock, ConsentWait } from "./consent-wait";
import { type Action, type Conversation, lastTurn, reduce, sameConsent } from "./conversation";

/** What the page shows of a wait for consent beyond the turn itself. */
export interface Waiting {
  readonly linkOpened: boolean;
  readonly pollsUsedUp: boolean;
}

export interface ChatState {
  readonly conversation: Conversation;
  readonly waiting: Waiting;
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
  readonly #run: RunChat;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #state: ChatState;
  #request: AbortController | undefined;
  #wait: ConsentWait | undefined;

  constructor(run: RunChat, initial: Conversation, clock: Clock = browserClock) {
    this.#run = run;
    this.#clock = clock;
    this.#state = { conversation: initial, waiting: NOT_OPENED };
    if (lastTurn(initial)?.status === "waiting") this.#startWaiting();
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
  }

  async checkConsent(): Promise<void> {
    await this.#wait?.check();
  }

  async decline(): Promise<void> {
    const id = this.#state.conversation.id;
    if (id === undefined || this.#wait === undefined) return;
    this.#stopWaiting();
    this.#abort();
    this.#apply({ type: "declined" });
    await this.#answer({ conversation_id: id, decline: true });
  }

  clear(): void {
    this.#stopWaiting();
    this.#abort();
    this.#apply({ type: "cleared" });
  }

  #ask(message: string): ChatRequest {
    const id = this.#state.conversation.id;
    return id === undefined ? { message } : { message, conversation_id: id };
  }

  async #answer(request: ChatRequest): Promise<void> {
    const failure = await this.#play(request);
    if (failure !== undefined) this.#apply({ type: "failed", failure });
    if (lastTurn(this.#state.conversation)?.status === "waiting") this.#startWaiting();
  }

  /** One attempt to go on after a consent. Until the server does go on, the card stays as it is. */
  async #resume(): Promise<"waiting" | "settled"> {
    const { id } = this.#state.conversation;
    const asked = lastTurn(this.#state.conversation)?.consent;
    if (id === undefined || asked === undefined) return "settled";
    this.#apply({ type: "resumed" });
    const failure = await this.#play({ conversation_id: id, resume: true }, isTransient);
    const turn = lastTurn(this.#state.conversation);
    if (failure !== undefined) {
      const goOn = turn?.status === "waiting" && isTransient(failure);
      this.#apply(goOn ? { type: "kept-waiting" } : { type: "failed", failure });
      return goOn ? "waiting" : "settled";
    }
    if (turn?.status !== "waiting" || turn.consent === undefined) return "settled";
    if (sameConsent(turn.consent, asked)) return "waiting";
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
      for await (const event of this.#run(request, abort.signal)) {
        if (abort.signal.aborted) return undefined;
        if (event.type === "failed" && passing(event.failure)) return event.failure;
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
  }

  #stopWaiting(): void {
    this.#wait?.end();
    this.#wait = undefined;
  }

  #busy(): boolean {
    const status = lastTurn(this.#state.conversation)?.status;
    return status === "running" || status === "waiting";
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
