/** Which records of the audit log somebody wants to see; all of what is given has to fit. */
export interface RecordFilter {
  readonly user?: string;
  readonly agent?: string;
  readonly order?: string;
  readonly run?: string;
  readonly conversation?: string;
}

export type FilterField = keyof RecordFilter;

/** In the order in which people fill them in. */
export const FILTER_FIELDS: readonly FilterField[] = ["order", "user", "agent", "conversation", "run"];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const SHAPES: Readonly<Record<FilterField, RegExp>> = {
  order: /^ORD-(?:[0-9]{3}|[1-9][0-9]{3,9})$/,
  user: UUID,
  agent: /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
  conversation: UUID,
  run: UUID,
};

/**
 * What was typed or found in an address, as the server wants it.
 *
 * @returns undefined for what cannot be such a value
 */
export function filterValueOf(field: FilterField, typed: string): string | undefined {
  const bare = typed.trim();
  const value = field === "agent" ? bare : field === "order" ? bare.toUpperCase() : bare.toLowerCase();
  return SHAPES[field].test(value) ? value : undefined;
}

/**
 * Reads the query of an address.
 *
 * @returns undefined where it says anything else than a filter: leaving a part out would show more than was asked for
 */
export function recordFilterOf(query: string): RecordFilter | undefined {
  const filter: { -readonly [field in FilterField]?: string } = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const field = FILTER_FIELDS.find((known) => known === name);
    if (field === undefined || filter[field] !== undefined || !SHAPES[field].test(value)) return undefined;
    filter[field] = value;
  }
  return filter;
}

/** The filter as parameters of an address, always in the same order. */
export function parametersOf(filter: RecordFilter): URLSearchParams {
  return new URLSearchParams(
    FILTER_FIELDS.flatMap((field) => {
      const value = filter[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/** The filter as the end of an address; empty where it keeps nothing out. */
export function hashQueryOf(filter: RecordFilter): string {
  const query = parametersOf(filter).toString();
  return query === "" ? "" : `?${query}`;
}
