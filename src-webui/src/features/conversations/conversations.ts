import { type Failure, failureOf } from "../../lib/failure";
import { type ConversationsApi, type Summary } from "./api";

export interface ConversationList {
  /** Undefined until they have been loaded once. */
  readonly items?: readonly Summary[];
  readonly next?: string;
  readonly failure?: Failure;
  /** The conversation whose deletion did not work. */
  readonly notRemoved?: { readonly id: string; readonly failure: Failure };
}

/** The list of the person's conversations, newest change first, as far as it has been asked for. */
export class Conversations {
  readonly #api: ConversationsApi;
  readonly #listeners = new Set<() => void>();
  #list: ConversationList = {};
  #round = 0;
  #pages = 1;

  constructor(api: ConversationsApi) {
    this.#api = api;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly list = (): ConversationList => this.#list;

  /** Loads the newest again; what was shown beyond them is kept, each conversation once. */
  async refresh(): Promise<void> {
    const round = ++this.#round;
    try {
      const { items, next } = await this.#api.page(undefined);
      if (round !== this.#round) return;
      this.#set(
        this.#pages > 1
          ? { items: joined(items, this.#list.items), ...nextOf(this.#list.next) }
          : { items, ...nextOf(next) },
      );
    } catch (error) {
      if (round === this.#round) this.#set({ ...this.#list, failure: failureOf(error) });
    }
  }

  /** Loads the next page behind those that are shown. */
  async more(): Promise<void> {
    const { items = [], next } = this.#list;
    if (next === undefined) return;
    const round = ++this.#round;
    try {
      const page = await this.#api.page(next);
      if (round !== this.#round) return;
      this.#pages += 1;
      this.#set({ items: joined(items, page.items), ...nextOf(page.next) });
    } catch (error) {
      if (round === this.#round) this.#set({ ...this.#list, failure: failureOf(error) });
    }
  }

  /** @returns whether it is gone; one that was gone already is, too */
  async remove(id: string): Promise<boolean> {
    try {
      await this.#api.remove(id);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.status !== 404) {
        this.#set({ ...this.#list, notRemoved: { id, failure } });
        return false;
      }
    }
    this.#round += 1;
    const { notRemoved: _, ...rest } = this.#list;
    this.#set({ ...rest, items: (this.#list.items ?? []).filter((item) => item.id !== id) });
    return true;
  }

  #set(list: ConversationList): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

/** Each conversation once, where it stands first. */
function joined(first: readonly Summary[], then: readonly Summary[] = []): readonly Summary[] {
  const known = new Set(first.map((item) => item.id));
  return [...first, ...then.filter((item) => !known.has(item.id))];
}

function nextOf(next: string | undefined): { next?: string } {
  return next === undefined ? {} : { next };
}
