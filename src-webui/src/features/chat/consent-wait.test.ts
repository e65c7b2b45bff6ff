import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Clock, ConsentWait, MAX_POLLS, POLL_INTERVAL_MS } from "./consent-wait";

/** A clock that stands still until it is told to go on. */
class StoppedClock implements Clock {
  #now = 10_000;
  #next = 1;
  readonly #timers = new Map<number, { at: number; callback: () => void }>();

  now = () => this.#now;

  setTimeout = (callback: () => void, ms: number) => {
    this.#timers.set(this.#next, { at: this.#now + ms, callback });
    return this.#next++;
  };

  clearTimeout = (handle: number) => void this.#timers.delete(handle);

  async goOn(ms: number): Promise<void> {
    this.#now += ms;
    for (const [handle, timer] of [...this.#timers]) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(handle);
      timer.callback();
    }
    await settled();
  }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe("waiting for a consent", () => {
  let clock: StoppedClock;
  let outcome: "waiting" | "settled";
  let attempts: number;
  let usedUp: ReturnType<typeof vi.fn<() => void>>;
  let wait: ConsentWait;

  beforeEach(() => {
    clock = new StoppedClock();
    outcome = "waiting";
    attempts = 0;
    usedUp = vi.fn<() => void>();
    wait = new ConsentWait(
      () => {
        attempts += 1;
        return Promise.resolve(outcome);
      },
      usedUp,
      clock,
    );
  });

  it("asks nothing before the link was opened", async () => {
    wait.returned();
    await clock.goOn(60_000);
    expect(attempts).toBe(0);
  });

  it("asks when the person comes back, but not in a burst", async () => {
    wait.opened();
    wait.returned();
    await settled();
    wait.returned();
    await settled();
    expect(attempts).toBe(1);
    await clock.goOn(1_000);
    wait.returned();
    await settled();
    expect(attempts).toBe(2);
  });

  it("asks every few seconds, a bounded number of times", async () => {
    wait.opened();
    for (let i = 0; i < MAX_POLLS + 5; i++) await clock.goOn(POLL_INTERVAL_MS);
    expect(attempts).toBe(MAX_POLLS);
    expect(usedUp).toHaveBeenCalledOnce();
  });

  it("still asks after the last poll when the person comes back or says that it is done", async () => {
    wait.opened();
    for (let i = 0; i < MAX_POLLS + 1; i++) await clock.goOn(POLL_INTERVAL_MS);
    wait.returned();
    await settled();
    await wait.check();
    expect(attempts).toBe(MAX_POLLS + 2);
  });

  it("never asks twice at a time", async () => {
    let answer = (_: "waiting") => {};
    const slow = new ConsentWait(
      () => {
        attempts += 1;
        return new Promise((resolve) => (answer = resolve));
      },
      usedUp,
      clock,
    );
    slow.opened();
    await clock.goOn(POLL_INTERVAL_MS);
    slow.returned();
    void slow.check();
    await clock.goOn(POLL_INTERVAL_MS);
    expect(attempts).toBe(1);
    answer("waiting");
    await settled();
    await clock.goOn(POLL_INTERVAL_MS);
    expect(attempts).toBe(2);
  });

  it("is over once the run went on, and when it is ended", async () => {
    wait.opened();
    outcome = "settled";
    await clock.goOn(POLL_INTERVAL_MS);
    await clock.goOn(POLL_INTERVAL_MS);
    wait.returned();
    expect(attempts).toBe(1);
  });

  it("ends for good when the card is gone", async () => {
    wait.opened();
    wait.end();
    await clock.goOn(POLL_INTERVAL_MS);
    wait.returned();
    expect(attempts).toBe(0);
  });
});
