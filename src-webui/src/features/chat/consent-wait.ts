/** How often, and how long, the server is asked whether the person has consented. */
export const POLL_INTERVAL_MS = 3_000;
export const MAX_POLLS = 40;
/** Switching windows back and forth must not become a burst of requests. */
const MIN_GAP_MS = 1_000;

export interface Clock {
  now(): number;
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(handle: number): void;
}

/**
 * Waits for a consent that is given elsewhere and of which nobody tells us. From the moment the link is opened,
 * it resumes the run when the person comes back to the window and, a bounded number of times, every few seconds;
 * one attempt at a time.
 */
export class ConsentWait {
  readonly #resume: () => Promise<"waiting" | "settled">;
  readonly #onPollsUsedUp: () => void;
  readonly #clock: Clock;
  #opened = false;
  #over = false;
  #attempting = false;
  #polls = 0;
  #lastAttempt = Number.NEGATIVE_INFINITY;
  #timer: number | undefined;

  /** @param resume tries once; `settled` ends the wait, whatever the outcome was */
  constructor(resume: () => Promise<"waiting" | "settled">, onPollsUsedUp: () => void, clock: Clock) {
    this.#resume = resume;
    this.#onPollsUsedUp = onPollsUsedUp;
    this.#clock = clock;
  }

  /** The person has opened the link (again): now it makes sense to ask, from the first poll on. */
  opened(): void {
    this.#opened = true;
    this.#polls = 0;
    this.#schedule();
  }

  /** The person is back in this window. */
  returned(): void {
    if (this.#opened && this.#clock.now() - this.#lastAttempt >= MIN_GAP_MS) void this.#attempt();
  }

  /** The person says that it is done, and need not have used our link. */
  async check(): Promise<void> {
    await this.#attempt();
  }

  end(): void {
    this.#over = true;
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#over || this.#timer !== undefined) return;
    if (this.#polls >= MAX_POLLS) {
      this.#onPollsUsedUp();
      return;
    }
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#polls += 1;
      void this.#attempt().then(() => this.#schedule());
    }, POLL_INTERVAL_MS);
  }

  async #attempt(): Promise<void> {
    if (this.#over || this.#attempting) return;
    this.#attempting = true;
    try {
      if ((await this.#resume()) === "settled") this.end();
    } finally {
      this.#attempting = false;
      this.#lastAttempt = this.#clock.now();
    }
  }
}
