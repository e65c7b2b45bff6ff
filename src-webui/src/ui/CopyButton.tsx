import { useEffect, useState } from "react";
import { Icon } from "./Icon";

interface Props {
  readonly label: string;
  readonly copied: string;
  readonly failed: string;
  readonly content: () => string;
}

/** Copies a text and says so, to the eye and to a screen reader. */
export function CopyButton({ label, copied, failed, content }: Props) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = window.setTimeout(() => setSaid(""), 2_000);
    return () => window.clearTimeout(timer);
  }, [said]);
  const copy = () => {
    navigator.clipboard.writeText(content()).then(
      () => setSaid(copied),
      () => setSaid(failed),
    );
  };
  return (
    <span className="copy">
      <button type="button" className="button quiet small" onClick={copy}>
        <Icon name={said === copied ? "check" : "copy"} />
        {label}
      </button>
      <span role="status" className={said === "" ? "sr-only" : "copy-said"}>
        {said}
      </span>
    </span>
  );
}
