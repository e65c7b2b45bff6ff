import { type Approval } from "../../lib/approval";
import { type JsonObject } from "../../lib/json";

/** One field of what would change; a side on which it has no value is undefined. */
export interface EffectRow {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
  readonly changed: boolean;
}

export interface Effect {
  /** Without an order on either side there are only the arguments to show. */
  readonly kind: "creation" | "change" | "deletion" | "call";
  readonly rows: readonly EffectRow[];
}

const ORDER = ["id", "customer_name", "product", "quantity", "status"];

/** What an approved call would do, field by field, and nothing left out: fields that we do not know come last. */
export function effectOf({ before, after, arguments: args }: Approval): Effect {
  if (before !== null && after !== null) return { kind: "change", rows: rowsOf(before, after) };
  if (after !== null) return { kind: "creation", rows: rowsOf({}, after) };
  if (before !== null) return { kind: "deletion", rows: rowsOf(before, {}) };
  return { kind: "call", rows: rowsOf({}, args) };
}

function rowsOf(before: JsonObject, after: JsonObject): EffectRow[] {
  const present = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const fields = [
    ...ORDER.filter((field) => present.includes(field)),
    ...present.filter((field) => !ORDER.includes(field)),
  ];
  return fields.flatMap((field) => {
    const was = shown(before[field]);
    const willBe = shown(after[field]);
    if (was === undefined && willBe === undefined) return [];
    return [
      {
        field,
        changed: was !== willBe,
        ...(was === undefined ? {} : { before: was }),
        ...(willBe === undefined ? {} : { after: willBe }),
      },
    ];
  });
}

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The order that a call is about, where there is one already. */
export function orderIdOf({ before, arguments: args }: Approval): string | undefined {
  const id = before?.id ?? args.id;
  return typeof id === "string" ? id : undefined;
}
