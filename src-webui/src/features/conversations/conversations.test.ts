import { describe, expect, it } from "vitest";
import { type Failure, FailureError } from "../../lib/failure";
import { type ConversationsApi, type Summary, summaryOf, type SummaryPage } from "./api";
import { Conversations } from "./conversations";

const summary = (id: string): Summary => ({ id, waiting: false });

/** A server that keeps conversations in pages of two. */
class PagesOfTwo implements ConversationsApi {
  ids: string[];
  refusal: Failure | undefined;

  constructor(...ids: string[]) {
    this.ids = ids;
  }

  page(cursor: string | undefined): Promise<SummaryPage> {
    if (this.refusal !== undefined) return Promise.reject(new FailureError(this.refusal));
    const from = cursor === undefined ? 0 : this.ids.indexOf(cursor) + 1;
    const items = this.ids.slice(from, from + 2).map(summary);
    const last = items.at(-1)?.id;
    return Promise.resolve(
      from + 2 < this.ids.length && last !== undefined ? { items, next: last } : { items },
    );
  }

  remove(id: string): Promise<void> {
    if (this.refusal !== undefined) return Promise.reject(new FailureError(this.refusal));
    this.ids = this.ids.filter((other) => other !== id);
    return Promise.resolve();
  }
}

const idsOf = (conversations: Conversations) => conversations.list().items?.map(({ id }) => id);

describe("the list of conversations", () => {
  it("grows by a page where more are asked for, and ends", async () => {
    const conversations = new Conversations(new PagesOfTwo("e", "d", "c", "b", "a"));
    await conversations.refresh();
    expect(idsOf(conversations)).toEqual(["e", "d"]);
    await conversations.more();
    await conversations.more();
    await conversations.more();
    expect(idsOf(conversations)).toEqual(["e", "d", "c", "b", "a"]);
    expect(conversations.list().next).toBeUndefined();
  });

  it("keeps what was asked for when a newer one comes, each once", async () => {
    const server = new PagesOfTwo("d", "c", "b", "a");
    const conversations = new Conversations(server);
    await conversations.refresh();
    await conversations.more();
    server.ids = ["b", "e", "d", "c", "a"];
    await conversations.refresh();
    expect(idsOf(conversations)).toEqual(["b", "e", "d", "c", "a"]);
  });

  it("keeps what it shows where it cannot be loaded anew, and says so", async () => {
    const server = new PagesOfTwo("a");
    const conversations = new Conversations(server);
    await conversations.refresh();
    server.refusal = { reason: "network" };
    await conversations.refresh();
    expect(conversations.list()).toMatchObject({ items: [{ id: "a" }], failure: { reason: "network" } });
  });

  it("loses what was deleted, also where it was gone already", async () => {
    const server = new PagesOfTwo("b", "a");
    const conversations = new Conversations(server);
    await conversations.refresh();
    expect(await conversations.remove("b")).toBe(true);
    server.refusal = { reason: "conversation_not_found", status: 404 };
    expect(await conversations.remove("a")).toBe(true);
    expect(idsOf(conversations)).toEqual([]);
  });

  it("keeps what could not be deleted, and says so", async () => {
    const server = new PagesOfTwo("a");
    const conversations = new Conversations(server);
    await conversations.refresh();
    server.refusal = { reason: "network" };
    expect(await conversations.remove("a")).toBe(false);
    expect(conversations.list()).toMatchObject({ items: [{ id: "a" }], notRemoved: { id: "a" } });
  });
});

it("a conversation waits only where the server says so in so many words", () => {
  expect(summaryOf({ id: "a", title: "T", changed_at: "2026-11-25T08:00:00Z", waiting: "yes" })).toEqual({
    id: "a",
    title: "T",
    changedAt: Date.UTC(2026, 10, 25, 8),
    waiting: false,
  });
  expect(summaryOf({ title: "T" })).toBeUndefined();
});
