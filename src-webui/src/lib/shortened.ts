const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A form for the eye where space is short: both ends, since either may be what tells two ids apart. */
export function shortened(value: string): string {
  const bare = value.replace(/^api:\/\//, "");
  if (UUID.test(bare))
    return `${value.slice(0, value.length - bare.length)}${bare.slice(0, 8)}…${bare.slice(-4)}`;
  return value.length > 44 ? `${value.slice(0, 26)}…${value.slice(-14)}` : value;
}
