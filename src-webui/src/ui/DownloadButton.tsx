import { useEffect, useState } from "react";
import { Icon } from "./Icon";
import { save } from "./save";

interface Props {
  readonly label: string;
  readonly done: string;
  readonly failed: string;
  readonly fileName: string;
  readonly content: () => Promise<string>;
}

/** Gives a JSON document as a file. */
export function DownloadButton({ label, done, failed, fileName, content }: Props) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = window.setTimeout(() => setSaid(""), 4_000);
    return () => window.clearTimeout(timer);
  }, [said]);
  const download = async () => {
    if (busy) return;
    setBusy(true);
    try {
      save(new Blob([await content()], { type: "application/json" }), fileName);
      setSaid(done);
    } catch {
      setSaid(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="copy">
      <button
        type="button"
        className="button quiet small"
        data-testid="trail-download"
        aria-disabled={busy}
        onClick={() => void download()}
      >
        <Icon name="download" />
        {label}
      </button>
      <span role="status" className={said === "" ? "sr-only" : "copy-said"}>
        {said}
      </span>
    </span>
  );
}
