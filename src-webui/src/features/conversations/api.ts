import { instantOf } from "../../lib/approval";
import { deleteAt, getJson, itemsOf, type TokenSource } from "../../lib/http";
import { isObject, stringOf } from "../../lib/json";

/** A conversation as the list shows it. */
export interface Summary {
  readonly id: string;
  readonly title?: string;
  readonly agent?: string;
  /** Epoch milliseconds. */
  readonly changedAt?: number;
  readonly waiting: boolean;
}

export function summaryOf(json: unknown): Summary | undefined {
  if (!isObject(json)) return undefined;
  const id = stringOf(json.id);
  if (id === undefined) return undefined;
  const title = stringOf(json.title);
  const agent = stringOf(json.agent);
  const changedAt = instantOf(json.changed_at);
  return {
    id,
    waiting: json.waiting === true,
    ...(title === undefined ? {} : { title }),
    ...(agent === undefined ? {} : { agent }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

export interface SummaryPage {
  readonly items: readonly Summary[];
  readonly next?: string;
}

/** The person's conversations at the server. */
export interface ConversationsApi {
  page(cursor: string | undefined): Promise<SummaryPage>;
  remove(id: string): Promise<void>;
}

const PAGE = 20;

export function conversationsApi(tokens: TokenSource): ConversationsApi {
  return {
    page: async (cursor) => {
      const query = new URLSearchParams({ limit: `${PAGE}`, ...(cursor === undefined ? {} : { cursor }) });
      const json = await getJson(`/api/v1/conversations?${query}`, tokens);
      const next = stringOf(json.next_cursor);
      return { items: itemsOf(json, summaryOf), ...(next === undefined ? {} : { next }) };
    },
    remove: (id) => deleteAt(`/api/v1/conversations/${encodeURIComponent(id)}`, tokens),
  };
}
