import { type Hop } from "../../lib/hop";

/** A hop placed between its lanes; a hop that was made again, as after a consent, is one row with a count. */
export interface Row {
  readonly hop: Hop;
  readonly times: number;
  readonly fromLane: number;
  readonly toLane: number;
}

export interface Swimlanes {
  /** The parties in the order in which they first appear. */
  readonly lanes: readonly string[];
  readonly rows: readonly Row[];
}

export function swimlanesOf(hops: readonly Hop[]): Swimlanes {
  const lanes: string[] = [];
  const laneOf = (party: string): number => {
    const known = lanes.indexOf(party);
    return known >= 0 ? known : lanes.push(party) - 1;
  };
  const rows = new Map<string, Row>();
  for (const hop of hops) {
    const key = JSON.stringify(hop);
    const known = rows.get(key);
    rows.set(
      key,
      known === undefined
        ? { hop, times: 1, fromLane: laneOf(hop.from), toLane: laneOf(hop.to) }
        : { ...known, times: known.times + 1 },
    );
  }
  return { lanes, rows: [...rows.values()] };
}
