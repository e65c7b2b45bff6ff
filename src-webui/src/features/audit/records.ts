import { type Failure, failureOf } from "../../lib/failure";
import { hashQueryOf, type RecordFilter } from "../../lib/record-filter";
import { type AuditApi, type AuditRecord, type Verification } from "./api";

/** Whether the chain holds, as far as that is known. */
export type Verdict =
  | { readonly kind: "checking" }
  | { readonly kind: "told"; readonly verification: Verification }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface Shown {
  readonly filter: RecordFilter;
  /** Undefined until they have been loaded once. */
  readonly items?: readonly AuditRecord[];
  readonly next?: string;
  readonly failure?: Failure;
  readonly loadingMore: boolean;
  readonly verdict: Verdict;
}

/** The records that a filter lets through, newest first, as far as they have been asked for, and whether they hold. */
export class Records {
  readonly #api: AuditApi;
  readonly #listeners = new Set<() => void>();
  #shown: Shown = { filter: {}, loadingMore: false, verdict: { kind: "checking" } };
  /** An answer to what was asked before the last of these comes too late. */
  #round = 0;

  constructor(api: AuditApi) {
    this.#api = api;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly shown = (): Shown => this.#shown;

  /** Shows the newest records of a filter, from the beginning. */
  async show(filter: RecordFilter): Promise<void> {
    const round = ++this.#round;
    const same = this.#shown.items !== undefined && hashQueryOf(filter) === hashQueryOf(this.#shown.filter);
    const { failure: _, ...before } = this.#shown;
    this.#set(
      same
        ? { ...before, loadingMore: false, verdict: { kind: "checking" } }
        : { filter, loadingMore: false, verdict: { kind: "checking" } },
    );
    await this.#load(round, filter);
    // Afterwards, so that what is said of them covers all that is shown.
    if (round === this.#round) await this.#verify(round, filter);
    const late = this.#shown.items?.some(({ seq }) => seq === undefined) === true;
    if (round === this.#round && late) await this.#place(round, filter);
  }

  /** The same once more: there may be newer records, and more of them in the chain. */
  again(): Promise<void> {
    return this.show(this.#shown.filter);
  }

  /** Loads the next page behind those that are shown. */
  async more(): Promise<void> {
    const { filter, next, loadingMore } = this.#shown;
    if (next === undefined || loadingMore) return;
    const round = this.#round;
    const { failure: _, ...before } = this.#shown;
    this.#set({ ...before, loadingMore: true });
    try {
      const page = await this.#api.page(filter, next);
      if (round !== this.#round) return;
      const { next: __, ...rest } = this.#shown;
      const known = new Set(rest.items?.map(({ id }) => id));
      this.#set({
        ...rest,
        items: [...(rest.items ?? []), ...page.items.filter(({ id }) => !known.has(id))],
        loadingMore: false,
        ...(page.next === undefined ? {} : { next: page.next }),
      });
    } catch (error) {
      if (round === this.#round) this.#set({ ...this.#shown, loadingMore: false, failure: failureOf(error) });
    }
  }

  async #load(round: number, filter: RecordFilter): Promise<void> {
    try {
      const { items, next } = await this.#api.page(filter, undefined);
      if (round !== this.#round) return;
      const { next: _, ...rest } = this.#shown;
      this.#set({ ...rest, items, ...(next === undefined ? {} : { next }) });
    } catch (error) {
      if (round === this.#round) this.#set({ ...this.#shown, failure: failureOf(error) });
    }
  }

  /** Checking puts into the chain what was too new for it: those that are shown are told their places. */
  async #place(round: number, filter: RecordFilter): Promise<void> {
    const page = await this.#api.page(filter, undefined).catch(() => undefined);
    if (page === undefined || round !== this.#round) return;
    const placed = new Map(page.items.map((item) => [item.id, item]));
    const items = (this.#shown.items ?? []).map((item) => placed.get(item.id) ?? item);
    this.#set({ ...this.#shown, items });
  }

  async #verify(round: number, filter: RecordFilter): Promise<void> {
    let verdict: Verdict;
    try {
      verdict = { kind: "told", verification: await this.#api.verification(filter) };
    } catch (error) {
      verdict = { kind: "failed", failure: failureOf(error) };
    }
    if (round === this.#round) this.#set({ ...this.#shown, verdict });
  }

  #set(shown: Shown): void {
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
  }
}
