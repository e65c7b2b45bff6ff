import { type Approval } from "../../lib/approval";
import { text } from "../../text/en";
import { type EffectRow, effectOf } from "./effect";

/** What would change, field by field. A change is told by a word, not by a colour alone. */
export function EffectTable({ approval }: { readonly approval: Approval }) {
  const { kind, rows } = effectOf(approval);
  const isChange = kind === "change";
  return (
    <table className={`effect ${kind}`} data-testid="approval-effect" data-kind={kind}>
      <caption>{text.approval.effects[kind]}</caption>
      <thead>
        <tr>
          <th scope="col">{text.approval.field}</th>
          {isChange ? (
            <>
              <th scope="col">{text.approval.before}</th>
              <th scope="col">{text.approval.after}</th>
            </>
          ) : (
            <th scope="col">{text.approval.value}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.field} row={row} isChange={isChange} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, isChange }: { readonly row: EffectRow; readonly isChange: boolean }) {
  const marked = isChange && row.changed;
  return (
    <tr className={marked ? "changed" : undefined} data-field={row.field} data-changed={marked}>
      <th scope="row">
        {Object.hasOwn(text.approval.fields, row.field) ? (
          text.approval.fields[row.field]
        ) : (
          <bdi>{row.field}</bdi>
        )}
      </th>
      {isChange ? (
        <>
          <td>
            <Value value={row.before} />
          </td>
          <td>
            <Value value={row.after} />
            {marked && <span className="changed-mark">{text.approval.changed}</span>}
          </td>
        </>
      ) : (
        <td>
          <Value value={row.after ?? row.before} />
        </td>
      )}
    </tr>
  );
}

function Value({ value }: { readonly value: string | undefined }) {
  return value === undefined ? <span className="nothing">{text.approval.none}</span> : <bdi>{value}</bdi>;
}
