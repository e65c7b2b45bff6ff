import { useEffect, useId, useRef, useSyncExternalStore } from "react";
import { type Failure, retryHelps, signInHelps } from "../../lib/failure";
import { hashQueryOf, type RecordFilter } from "../../lib/record-filter";
import { text } from "../../text/en";
import { ErrorCard } from "../../ui/ErrorCard";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { type AuditApi } from "./api";
import { FilterForm } from "./FilterForm";
import { type Records, type Shown } from "./records";
import { RecordTable } from "./RecordTable";
import { TakeAway } from "./TakeAway";
import { VerdictCard } from "./VerdictCard";
import { titleOf } from "./words";

interface Props {
  readonly api: AuditApi;
  readonly records: Records;
  readonly filter: RecordFilter;
  /** The id of the person who reads. */
  readonly reader: string;
  readonly onSignIn: () => void;
}

/** The records of the audit log that a filter lets through, whether they are as they were signed, and the way out. */
export default function AuditPage({ api, records, filter, reader, onSignIn }: Props) {
  const shown = useSyncExternalStore(records.subscribe, records.shown);
  const heading = useRef<HTMLHeadingElement>(null);
  const resultsId = useId();
  const address = hashQueryOf(filter);
  const before = useRef(address);
  useEffect(() => void records.show(filter), [records, filter]);
  useEffect(() => {
    // The link that was followed may be gone with the records that it stood in.
    if (before.current !== address) heading.current?.focus();
    before.current = address;
  }, [address]);
  const current = hashQueryOf(shown.filter) === address;
  const { items, failure } = current ? shown : {};
  return (
    <Page title={text.audit.title} intro={text.audit.intro} testId="audit-page" wide>
      <FilterForm key={address} filter={filter} />
      <section className="results" aria-labelledby={resultsId}>
        <div className="results-head">
          <h3 id={resultsId} ref={heading} tabIndex={-1} data-testid="audit-results">
            {titleOf(filter)}
          </h3>
          <button
            type="button"
            className="button quiet small"
            data-testid="audit-refresh"
            onClick={() => void records.again()}
          >
            <Icon name="retry" />
            {text.audit.refresh}
          </button>
        </div>
        {failure !== undefined && (
          <Problem failure={failure} onRetry={() => void records.again()} onSignIn={onSignIn} />
        )}
        {current && failure === undefined && <VerdictCard verdict={shown.verdict} />}
        <p
          role="status"
          className={items === undefined ? "muted" : "muted count-said"}
          data-testid="audit-count"
        >
          {statusOf(items?.length, failure, shown)}
        </p>
        {items !== undefined && items.length > 0 && (
          <RecordTable records={items} reader={reader} labelledBy={resultsId} filter={filter} />
        )}
        {items !== undefined && shown.next !== undefined && (
          <p>
            <button
              type="button"
              className="button"
              data-testid="audit-more"
              aria-disabled={shown.loadingMore}
              onClick={() => void records.more()}
            >
              {shown.loadingMore ? text.audit.loadingMore : text.audit.more}
            </button>
          </p>
        )}
      </section>
      <TakeAway api={api} />
    </Page>
  );
}

function statusOf(count: number | undefined, failure: Failure | undefined, { next }: Shown): string {
  if (count === undefined) return failure === undefined ? text.audit.loading : "";
  return count === 0 ? text.audit.none : text.audit.count(count, next !== undefined);
}

interface ProblemProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
}

/** A token without the scope is mended by another sign-in, in which it is asked for. */
function Problem({ failure, onRetry, onSignIn }: ProblemProps) {
  const signIn = signInHelps(failure) || failure.reason === "insufficient_scope";
  return (
    <ErrorCard
      failure={failure}
      onRetry={retryHelps(failure) ? onRetry : undefined}
      onSignIn={signIn ? onSignIn : undefined}
    />
  );
}
