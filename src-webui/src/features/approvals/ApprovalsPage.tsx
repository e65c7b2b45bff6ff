import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Failure, failureOf, signInHelps } from "../../lib/failure";
import { hashOf } from "../../lib/route";
import { text } from "../../text/en";
import { ErrorCard } from "../../ui/ErrorCard";
import { Page } from "../../ui/Page";
import { ApprovalCard } from "./ApprovalCard";
import { type Approvals, type Entry } from "./approvals";
import { titleOf } from "./words";

interface Props {
  readonly approvals: Approvals;
  /** The one that a link leads to; without it all of them. */
  readonly id?: string | undefined;
  readonly onSignIn: () => void;
}

/** The person's approvals: those that wait, and those that were decided lately. */
export function ApprovalsPage({ approvals, id, onSignIn }: Props) {
  return id === undefined ? (
    <AllApprovals approvals={approvals} onSignIn={onSignIn} />
  ) : (
    <OneApproval key={id} approvals={approvals} id={id} onSignIn={onSignIn} />
  );
}

function AllApprovals({ approvals, onSignIn }: Omit<Props, "id">) {
  const entries = useSyncExternalStore(approvals.subscribe, approvals.entries);
  const [ids, setIds] = useState<readonly string[]>();
  const { failure, load } = useLoading(() => approvals.list().then(setIds));
  // What was pending when the list came stays in its place once it is decided: nothing jumps away under the hand.
  const [first, setFirst] = useState<ReadonlySet<string>>();
  useEffect(() => {
    if (ids === undefined) return;
    setFirst(new Set(ids.filter((id) => approvals.current(id)?.state === "pending")));
  }, [approvals, ids]);
  const known = (ids ?? []).flatMap((id) => entries.get(id) ?? []);
  const pending = known.filter(({ approval }) => first?.has(approval.id) ?? approval.state === "pending");
  const recent = known.filter((entry) => !pending.includes(entry));
  return (
    <Page title={text.approvals.title} intro={text.approvals.intro} testId="approvals-page">
      {failure !== undefined && (
        <ErrorCard failure={failure} onRetry={load} onSignIn={signInHelps(failure) ? onSignIn : undefined} />
      )}
      {ids === undefined && failure === undefined && <p role="status">{text.approvals.loading}</p>}
      {ids !== undefined && (
        <>
          <h3>{text.approvals.pending}</h3>
          {pending.length === 0 && <p className="muted">{text.approvals.nonePending}</p>}
          {pending.map((entry) => (
            <Card key={entry.approval.id} entry={entry} approvals={approvals} />
          ))}
          {recent.length > 0 && (
            <>
              <h3>{text.approvals.recent}</h3>
              <ul className="rows">
                {recent.map((entry) => (
                  <RecentRow key={entry.approval.id} entry={entry} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Page>
  );
}

function RecentRow({ entry: { approval } }: { readonly entry: Entry }) {
  return (
    <li className="row">
      <a href={hashOf({ page: "approvals", id: approval.id })}>{titleOf(approval)}</a>
      <span className={`state ${approval.state}`}>{text.approval.states[approval.state]}</span>
    </li>
  );
}

function OneApproval({ approvals, id, onSignIn }: Props & { readonly id: string }) {
  const entries = useSyncExternalStore(approvals.subscribe, approvals.entries);
  const entry = entries.get(id);
  const { failure, load } = useLoading(() => approvals.load(id));
  const [wasPending, setWasPending] = useState(false);
  useEffect(() => {
    if (entry?.deciding !== undefined) setWasPending(true);
  }, [entry]);
  const after = useRef<HTMLParagraphElement>(null);
  const decidedHere = wasPending && entry !== undefined && entry.approval.state !== "pending";
  useEffect(() => {
    if (decidedHere) after.current?.focus();
  }, [decidedHere]);
  const notFound = failure?.status === 404 || (failure !== undefined && failure.status === 400);
  return (
    <Page title={text.approvals.oneTitle} testId="approval-page">
      {entry === undefined && failure === undefined && <p role="status">{text.approvals.loadingOne}</p>}
      {notFound && entry === undefined && (
        <p role="alert" data-testid="approval-not-found">
          {text.approvals.notFound}
        </p>
      )}
      {failure !== undefined && !notFound && entry === undefined && (
        <ErrorCard failure={failure} onRetry={load} onSignIn={signInHelps(failure) ? onSignIn : undefined} />
      )}
      {entry !== undefined && <Card entry={entry} approvals={approvals} />}
      {decidedHere && (
        <p className="after" ref={after} tabIndex={-1} data-testid="back-to-program">
          {entry.approval.conversationId === undefined ? text.approvals.backToProgram : ""}{" "}
          {entry.approval.conversationId !== undefined && (
            <a href={hashOf({ page: "chat" })}>{text.approvals.backToChat}</a>
          )}
        </p>
      )}
      <p>
        <a href={hashOf({ page: "approvals" })}>{text.approvals.all}</a>
      </p>
    </Page>
  );
}

function Card({ entry, approvals }: { readonly entry: Entry; readonly approvals: Approvals }) {
  return (
    <ApprovalCard entry={entry} onDecide={(decision) => void approvals.decide(entry.approval.id, decision)} />
  );
}

/** Loads at the beginning and whenever the person comes back to the window. */
function useLoading(request: () => Promise<unknown>) {
  const [failure, setFailure] = useState<Failure>();
  const latest = useRef(request);
  latest.current = request;
  const load = useCallback(() => {
    latest.current().then(
      () => setFailure(undefined),
      (error: unknown) => setFailure(failureOf(error)),
    );
  }, []);
  useEffect(() => {
    load();
    window.addEventListener("focus", load);
    return () => window.removeEventListener("focus", load);
  }, [load]);
  return { failure, load };
}
