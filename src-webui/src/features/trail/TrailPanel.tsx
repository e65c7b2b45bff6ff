import { type Ref } from "react";
import { type Evidence, type Hop } from "../../lib/hop";
import { text } from "../../text/en";
import { CopyButton } from "../../ui/CopyButton";
import { DownloadButton } from "../../ui/DownloadButton";
import { Icon, type IconName } from "../../ui/Icon";
import { Value } from "../../ui/Value";
import { type Row, swimlanesOf } from "./lanes";

export interface RecordsLink {
  readonly label: string;
  readonly href: string;
}

interface Props {
  readonly hops: readonly Hop[];
  readonly running: boolean;
  /** Names for the ids that the page knows for certain. */
  readonly labels: ReadonlyMap<string, string>;
  readonly conversation: string | undefined;
  /** Where the records of what is shown are, for those who may read them. */
  readonly records: readonly RecordsLink[];
  /** The trail of a whole conversation, for a file. */
  readonly loadTrail: (conversation: string) => Promise<string>;
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly onClose: () => void;
}

const evidenceIcon: Record<Evidence, IconName> = { verified: "check", issued: "key", reported: "speech" };
const kinds: readonly Evidence[] = ["verified", "issued", "reported"];

/** The hops of the last answer as swimlanes; read in order, each hop says everything by itself. */
export function TrailPanel(props: Props) {
  const { hops, running, labels, conversation, records, loadTrail, headingRef, onClose } = props;
  const { lanes, rows } = swimlanesOf(hops);
  return (
    <>
      <div className="trail-head">
        <div>
          <h2 ref={headingRef} tabIndex={-1}>
            {text.trail.title}
          </h2>
          <p>{text.trail.subtitle}</p>
        </div>
        {hops.length > 0 && (
          <div className="trail-actions">
            <CopyButton
              label={text.trail.copy}
              copied={text.trail.copied}
              failed={text.trail.copyFailed}
              content={() => JSON.stringify(hops, null, 2)}
            />
            {conversation !== undefined && (
              <DownloadButton
                label={text.trail.download}
                done={text.trail.downloaded}
                failed={text.trail.downloadFailed}
                fileName={text.trail.fileName(conversation)}
                content={() => loadTrail(conversation)}
              />
            )}
            {records.map(({ label, href }) => (
              <a key={href} className="button quiet small" href={href} data-testid="trail-records">
                <Icon name="record" />
                {label}
              </a>
            ))}
          </div>
        )}
        <button
          type="button"
          className="button quiet round trail-close"
          aria-label={text.trail.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      {rows.length === 0 ? (
        <div className="trail-empty">
          <Icon name="trail" />
          <p className="trail-empty-title">{text.trail.emptyTitle}</p>
          <p>{running ? text.trail.pending : text.trail.empty}</p>
        </div>
      ) : (
        <div className="lanes-frame">
          <div className="lane-names" aria-hidden="true">
            {lanes.map((lane) => (
              <span key={lane}>{lane}</span>
            ))}
          </div>
          <ol className="hops">
            {rows.map((row, i) => (
              <HopRow key={i} row={row} number={i + 1} laneCount={lanes.length} labels={labels} />
            ))}
          </ol>
        </div>
      )}
      <Legend />
    </>
  );
}

interface HopRowProps {
  readonly row: Row;
  readonly number: number;
  readonly laneCount: number;
  readonly labels: ReadonlyMap<string, string>;
}

function HopRow({ row, number, laneCount, labels }: HopRowProps) {
  const { hop } = row;
  return (
    <li
      className={`hop ${hop.evidence}`}
      data-testid="hop"
      data-evidence={hop.evidence}
      data-from={hop.from}
      data-to={hop.to}
      data-audience={hop.audience}
      data-user={hop.user}
      data-client={hop.client}
      data-agent={hop.agent}
      data-decision={hop.decision}
      data-approval={hop.approval}
      data-consent={hop.consent}
    >
      <Arrow row={row} laneCount={laneCount} />
      <div className="hop-body">
        <p className="hop-title">
          <span className="sr-only">{text.trail.hop(number)}: </span>
          <strong>{hop.from}</strong>
          <span aria-hidden="true"> → </span>
          <span className="sr-only"> {text.trail.to} </span>
          <strong>{hop.to}</strong>
          {row.times > 1 && <span className="times"> {text.trail.times(row.times)}</span>}
        </p>
        <p className="badges">
          <EvidenceBadge evidence={hop.evidence} />
          {hop.decision !== undefined && <DecisionBadge decision={hop.decision} />}
        </p>
        <dl>
          <Fact name={text.trail.user} value={hop.user} labels={labels} />
          <Fact name={text.trail.agent} value={hop.agent} labels={labels} />
          <Fact name={text.trail.client} value={hop.client} labels={labels} />
          <Fact name={text.trail.audience} value={hop.audience} labels={labels} />
          <Fact name={text.trail.scopes} value={hop.scopes.join(" ") || undefined} labels={labels} />
          <Fact name={text.trail.obtained} value={hop.obtained} labels={labels} />
          <Fact name={text.trail.rule} value={hop.rule} labels={labels} />
          <Fact name={text.trail.approval} value={hop.approval} labels={labels} />
          <Fact name={text.trail.consent} value={hop.consent} labels={labels} />
        </dl>
      </div>
    </li>
  );
}

function Arrow({ row, laneCount }: { readonly row: Row; readonly laneCount: number }) {
  const first = Math.min(row.fromLane, row.toLane);
  const last = Math.max(row.fromLane, row.toLane);
  const direction = row.fromLane === row.toLane ? "self" : row.fromLane < row.toLane ? "right" : "left";
  return (
    <div className="lanes" aria-hidden="true">
      {Array.from({ length: laneCount }, (_, lane) => (
        <span key={lane} className="lane" style={{ gridColumn: lane + 1 }} />
      ))}
      <span
        className={`arrow ${direction}`}
        style={{ gridColumn: `${first + 1} / ${last + 2}`, marginInline: `${50 / (last - first + 1)}%` }}
      />
    </div>
  );
}

function Fact({
  name,
  value,
  labels,
}: {
  readonly name: string;
  readonly value: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}) {
  if (value === undefined) return null;
  const label = labels.get(value);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {label !== undefined && <span className="label">{label} </span>}
        <Value value={value} />
      </dd>
    </div>
  );
}

function EvidenceBadge({ evidence }: { readonly evidence: Evidence }) {
  return (
    <span className={`badge ${evidence}`}>
      <Icon name={evidenceIcon[evidence]} />
      {text.trail.evidence[evidence].name}
    </span>
  );
}

function DecisionBadge({ decision }: { readonly decision: string }) {
  const kind = decision === "permit" ? "permit" : decision === "deny" ? "deny" : "other";
  return (
    <span className={`badge decision ${kind}`}>
      <Icon name={kind === "permit" ? "check" : kind === "deny" ? "no" : "alert"} />
      <span className="sr-only">{text.trail.decision}: </span>
      {decision}
    </span>
  );
}

function Legend() {
  return (
    <div className="legend">
      <h3>{text.trail.legend}</h3>
      <dl>
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>
              <EvidenceBadge evidence={kind} />
            </dt>
            <dd>{text.trail.evidence[kind].meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
