/** One thread through three nodes: the same line reaches every hop. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="logo-thread" d="M4 22C10 22 10 10 16 10S22 22 28 22" />
      <g className="logo-nodes">
        <circle cx="6" cy="22" r="2.7" />
        <circle cx="16" cy="10" r="2.7" />
        <circle cx="26" cy="22" r="2.7" />
      </g>
    </svg>
  );
}
