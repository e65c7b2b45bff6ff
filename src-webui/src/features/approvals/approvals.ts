import { type Approval, type Decision } from "../../lib/approval";
import { type Failure, failureOf } from "../../lib/failure";
import { type ApprovalsApi } from "./api";

/** An approval as far as the page knows it. */
export interface Entry {
  readonly approval: Approval;
  /** The decision that is on its way. */
  readonly deciding?: Decision;
  readonly problem?: Failure;
  /** Nothing can be decided any more, and what became of it is not known. */
  readonly gone?: true;
}

export type Entries = ReadonlyMap<string, Entry>;

/**
 * What the page knows of approvals, for the chat and the page of approvals alike: what is decided in one place is
 * decided in the other. Sends each decision once.
 */
export class Approvals {
  readonly #api: ApprovalsApi;
  readonly #listeners = new Set<() => void>();
  #entries: Entries = new Map();

  constructor(api: ApprovalsApi) {
    this.#api = api;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly entries = (): Entries => this.#entries;

  current(id: string): Approval | null | undefined {
    const entry = this.#entries.get(id);
    return entry?.gone === true ? null : entry?.approval;
  }

  /** Takes note of approvals as the server told them, but of none that the page knows better by now. */
  take(approvals: readonly Approval[]): void {
    if (approvals.length === 0) return;
    const news = approvals.filter((approval) => !this.#isAhead(approval));
    this.#set(news.map((approval) => [approval.id, { approval }]));
  }

  /** Whether it is being decided, and its own answer on the way, or was decided: what is told as pending is older. */
  #isAhead({ id, state }: Approval): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    return entry.deciding !== undefined || (state === "pending" && entry.approval.state !== "pending");
  }

  /** All that are pending, and those that were decided lately, newest first. */
  async list(): Promise<readonly string[]> {
    const approvals = await this.#api.list();
    this.take(approvals);
    return approvals.map((approval) => approval.id);
  }

  async load(id: string): Promise<void> {
    this.take([await this.#api.get(id)]);
  }

  async refresh(ids: readonly string[]): Promise<void> {
    const open = ids.filter((id) => {
      const entry = this.#entries.get(id);
      return entry?.approval.state === "pending" && entry.deciding === undefined && entry.gone !== true;
    });
    // What cannot be learnt now is learnt with the decision.
    await Promise.all(open.map((id) => this.load(id).catch(() => undefined)));
  }

  /** Decides once: while a decision is on its way, and after it, nothing more is sent. */
  async decide(id: string, decision: Decision): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.deciding !== undefined || entry.gone === true) return;
    if (entry.approval.state !== "pending") return;
    const { approval } = entry;
    this.#set([[id, { approval, deciding: decision }]]);
    try {
      const decided = await this.#api.decide(id, decision);
      this.#set([[id, { approval: decided }]]);
    } catch (error) {
      this.#set([[id, await this.#after(failureOf(error), approval)]]);
    }
  }

  /** A decision that came too late: what has become of the approval in the meantime is worth knowing. */
  async #after(problem: Failure, approval: Approval): Promise<Entry> {
    if (problem.status === 404) return { approval, problem, gone: true };
    if (problem.status !== 409) return { approval, problem };
    const now = await this.#api.get(approval.id).catch(() => undefined);
    if (now !== undefined && now.state !== "pending") return { approval: now, problem };
    if (problem.reason === "approval_expired")
      return { approval: { ...approval, state: "expired" }, problem };
    return { approval, problem, gone: true };
  }

  #set(changes: readonly (readonly [string, Entry])[]): void {
    this.#entries = new Map([...this.#entries, ...changes]);
    for (const listener of this.#listeners) listener();
  }
}
