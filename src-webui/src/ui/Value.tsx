import { shortened } from "../lib/shortened";

/** A value that may be shortened for the eye; the whole of it is in the title and for screen readers. */
export function Value({ value }: { readonly value: string }) {
  const short = shortened(value);
  if (short === value) return <span>{value}</span>;
  return (
    <span title={value}>
      <span aria-hidden="true">{short}</span>
      <span className="sr-only">{value}</span>
    </span>
  );
}
