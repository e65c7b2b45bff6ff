/** How a key moves through a list. */
export type Move = "stay" | "next" | "previous" | "first" | "last";

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

export function moveOf({ key }: { readonly key: string }): Move | undefined {
  return Object.hasOwn(MOVES, key) ? MOVES[key] : undefined;
}

/** Where a move leads; the ends of the list hold it. */
export function moved(move: Move, at: number, length: number): number {
  switch (move) {
    case "stay":
      return at;
    case "next":
      return Math.min(at + 1, length - 1);
    case "previous":
      return Math.max(at - 1, 0);
    case "first":
      return 0;
    case "last":
      return length - 1;
  }
}
