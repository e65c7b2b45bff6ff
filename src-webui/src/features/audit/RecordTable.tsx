import { useId, useState } from "react";
import { hashQueryOf, filterValueOf, type RecordFilter } from "../../lib/record-filter";
import { hashOf } from "../../lib/route";
import { text } from "../../text/en";
import { Icon, type IconName } from "../../ui/Icon";
import { Value } from "../../ui/Value";
import { type AuditRecord } from "./api";
import { actionOf, decisionOf, fieldOf, momentOf, outcomeOf, ruleOf, subjectOf } from "./words";

interface Props {
  readonly records: readonly AuditRecord[];
  readonly reader: string;
  readonly labelledBy: string;
  readonly filter: RecordFilter;
}

/**
 * Records, one a row; each opens to all that it says. Where there is no room for columns the cells of a row stand below
 * each other, which takes a table's roles away unless they are said.
 */
export function RecordTable({ records, reader, labelledBy, filter }: Props) {
  const { columns } = text.audit;
  return (
    <table className="records" role="table" aria-labelledby={labelledBy} data-testid="audit-records">
      <thead role="rowgroup">
        <tr role="row">
          {[columns.when, columns.who, columns.what, columns.decision, columns.place, columns.more].map(
            (name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {records.map((record) => (
          <Rows key={record.id} record={record} reader={reader} filter={filter} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly record: AuditRecord;
  readonly reader: string;
  readonly filter: RecordFilter;
}

function Rows({ record, reader, filter }: RowProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { columns } = text.audit;
  return (
    <>
      <tr
        role="row"
        className={open ? "record open" : "record"}
        data-testid="audit-record"
        data-id={record.id}
        data-action={record.action}
        data-decision={record.decision}
        data-user={record.user}
        data-resource={record.resource}
        data-run={record.run}
        data-seq={record.seq}
      >
        <td role="cell">
          <CellName name={columns.when} />
          <time dateTime={record.at} title={record.at}>
            {momentOf(record.at)}
          </time>
        </td>
        <td role="cell">
          <CellName name={columns.who} />
          <Who record={record} reader={reader} />
        </td>
        <td role="cell">
          <CellName name={columns.what} />
          <What record={record} />
        </td>
        <td role="cell">
          <CellName name={columns.decision} />
          <Decided record={record} />
        </td>
        <td role="cell">
          <CellName name={columns.place} />
          {record.seq ?? <span className="nothing">{text.audit.unsealed}</span>}
        </td>
        <td role="cell" className="record-more">
          <button
            type="button"
            className="button quiet small"
            data-testid="audit-details"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            <Icon name="chevron" />
            {text.audit.details}
            <span className="sr-only">{text.audit.detailsOf(`${record.seq ?? momentOf(record.at)}`)}</span>
          </button>
        </td>
      </tr>
      <tr role="row" className="record-all" id={id} hidden={!open}>
        <td role="cell" colSpan={6}>
          {open && <Everything record={record} reader={reader} filter={filter} />}
        </td>
      </tr>
    </>
  );
}

/** The column's name, where the cells stand below each other; those who hear the table hear it from the column. */
function CellName({ name }: { readonly name: string }) {
  return (
    <span className="cell-name" aria-hidden="true">
      {name}
    </span>
  );
}

/** Of these the agent is what the record is about; of all others it is who did it. */
const ABOUT_AGENTS = ["chat", "consent"];

function Who({ record, reader }: { readonly record: AuditRecord; readonly reader: string }) {
  const { user, action } = record;
  const agent = ABOUT_AGENTS.includes(action) ? undefined : record.agent;
  if (user === undefined)
    return <span>{agent === undefined ? text.audit.nobody : text.audit.alone(agent)}</span>;
  return (
    <span>
      {user === reader ? (
        <span title={user}>{text.audit.you}</span>
      ) : (
        <>
          {text.audit.user} <code>{<Value value={user} />}</code>
        </>
      )}
      {agent !== undefined && <span className="record-note">{text.audit.through(agent)}</span>}
    </span>
  );
}

/** What was wanted, of which order; the order leads to all that happened to it. */
function What({ record }: { readonly record: AuditRecord }) {
  const order = orderOf(record);
  return (
    <span>
      {actionOf(record)}
      {order !== undefined && (
        <>
          {" "}
          <a
            href={hashOf({ page: "audit", filter: { order } })}
            aria-label={text.audit.allOf(order)}
            data-testid="audit-order"
          >
            {order}
          </a>
        </>
      )}
      {ABOUT_AGENTS.includes(record.action) && record.agent !== undefined && ` ${record.agent}`}
      {order === undefined && record.resource !== undefined && (
        <>
          {" "}
          <code>
            <Value value={record.resource} />
          </code>
        </>
      )}
    </span>
  );
}

function Decided({ record }: { readonly record: AuditRecord }) {
  const kind = record.decision === "permit" ? "permit" : record.decision === "deny" ? "deny" : "other";
  const icons: Record<typeof kind, IconName> = { permit: "check", deny: "no", other: "alert" };
  const rule = ruleOf(record);
  const outcome = outcomeOf(record);
  return (
    <span>
      <span className={`badge decision ${kind}`}>
        <Icon name={icons[kind]} />
        {decisionOf(record)}
      </span>
      {rule !== undefined && <span className="record-note">{rule}</span>}
      {outcome !== undefined && <span className="record-note">{outcome}</span>}
      {record.approval !== undefined && (
        <span className="record-note">
          {text.trail.approval} <Value value={record.approval} />
        </span>
      )}
      {record.consent !== undefined && (
        <span className="record-note">
          {text.trail.consent} <Value value={record.consent} />
        </span>
      )}
    </span>
  );
}

/** All that a record says, and where it leads. */
export function Everything({ record, reader, filter }: RowProps) {
  const { user, agent, run, conversation, approval } = record;
  const order = orderOf(record);
  const own = user !== undefined && user === reader;
  const elsewhere = [
    filterOf("order", order),
    filterOf("run", run),
    filterOf("conversation", conversation),
    filterOf("user", user),
    filterOf("agent", agent),
  ].filter(
    (other): other is RecordFilter => other !== undefined && hashQueryOf(other) !== hashQueryOf(filter),
  );
  return (
    <div className="record-everything" data-testid="audit-everything">
      <ul className="record-links">
        {elsewhere.map((other) => (
          <li key={hashQueryOf(other)}>
            <a
              href={hashOf({ page: "audit", filter: other })}
              data-testid={`audit-all-${Object.keys(other)[0]}`}
            >
              {text.audit.allOf(subjectOf(other))}
            </a>
          </li>
        ))}
        {conversation !== undefined && (
          <li>
            {own ? (
              <a href={hashOf({ page: "chat", conversation })} data-testid="audit-conversation">
                {text.audit.openConversation}
              </a>
            ) : (
              <span className="muted" data-testid="audit-foreign">
                {text.audit.foreignConversation}
              </span>
            )}
          </li>
        )}
        {own && approval !== undefined && (
          <li>
            <a href={hashOf({ page: "approvals", id: approval })}>{text.audit.openApproval}</a>
          </li>
        )}
      </ul>
      <dl>
        {record.fields.map(([name, value]) => (
          <div key={name} data-field={name}>
            <dt>{fieldOf(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function orderOf({ resource }: AuditRecord): string | undefined {
  return resource === undefined ? undefined : filterValueOf("order", resource);
}

function filterOf(field: keyof RecordFilter, value: string | undefined): RecordFilter | undefined {
  return value === undefined || filterValueOf(field, value) !== value ? undefined : { [field]: value };
}
