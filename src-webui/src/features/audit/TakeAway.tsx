import { type SyntheticEvent, useEffect, useId, useRef, useState } from "react";
import { type Failure, failureOf } from "../../lib/failure";
import { failureText, text } from "../../text/en";
import { CopyButton } from "../../ui/CopyButton";
import { Icon } from "../../ui/Icon";
import { save } from "../../ui/save";
import { type AuditApi } from "./api";
import { collect } from "./export";

/** What somebody needs who wants to believe nobody here: the whole log, the key, and the command. */
export function TakeAway({ api }: { readonly api: AuditApi }) {
  const titleId = useId();
  const fileName = text.audit.take.fileName(new Date().toISOString().slice(0, 10));
  return (
    <section className="card take" aria-labelledby={titleId} data-testid="audit-take">
      <h3 id={titleId}>{text.audit.take.title}</h3>
      <p className="muted">{text.audit.take.intro}</p>
      <Download api={api} fileName={fileName} />
      <KeyAndCommand api={api} fileName={fileName} />
    </section>
  );
}

type State =
  | { readonly kind: "idle" | "cancelled" }
  | { readonly kind: "busy"; readonly bytes: number; readonly slow: boolean }
  | { readonly kind: "done"; readonly bytes: number }
  | { readonly kind: "failed"; readonly failure: Failure };

interface PartProps {
  readonly api: AuditApi;
  readonly fileName: string;
}

/** From how many milliseconds on a download says how far it is, and how often it then does. */
const SLOW = 2_000;
const OFTEN = 1_000;

function Download({ api, fileName }: PartProps) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => () => running.current?.abort(), []);
  const download = async () => {
    if (running.current !== undefined) return;
    const abort = new AbortController();
    running.current = abort;
    let bytes = 0;
    setState({ kind: "busy", bytes, slow: false });
    const begun = Date.now();
    const ticking = window.setInterval(
      () => setState({ kind: "busy", bytes, slow: Date.now() - begun >= SLOW }),
      OFTEN,
    );
    try {
      const log = await collect(await api.export(abort.signal), abort.signal, (soFar) => (bytes = soFar));
      abort.signal.throwIfAborted();
      save(log, fileName);
      setState({ kind: "done", bytes });
    } catch (error) {
      setState(abort.signal.aborted ? { kind: "cancelled" } : { kind: "failed", failure: failureOf(error) });
    } finally {
      window.clearInterval(ticking);
      running.current = undefined;
    }
  };
  const cancel = () => {
    running.current?.abort();
    // The button that was pressed goes.
    button.current?.focus();
  };
  const busy = state.kind === "busy";
  return (
    <div className="take-download">
      <p className="actions">
        <button
          ref={button}
          type="button"
          className="button"
          data-testid="audit-download"
          aria-disabled={busy}
          onClick={() => void download()}
        >
          <Icon name="download" />
          {text.audit.take.download}
        </button>
        {busy && state.slow && (
          <button type="button" className="button quiet" data-testid="audit-cancel" onClick={cancel}>
            {text.audit.take.cancel}
          </button>
        )}
      </p>
      {busy && state.slow && <progress aria-label={text.audit.take.busy} />}
      <p role="status" className="muted" data-testid="audit-download-said">
        {saidOf(state)}
      </p>
      {state.kind === "failed" && (
        <p className="notice" role="alert">
          <Icon name="alert" />
          {failureText(state.failure)}
        </p>
      )}
    </div>
  );
}

function saidOf(state: State): string {
  switch (state.kind) {
    case "busy":
      return state.slow ? text.audit.take.progress(megabytesOf(state.bytes)) : text.audit.take.busy;
    case "done":
      return text.audit.take.done(megabytesOf(state.bytes));
    case "cancelled":
      return text.audit.take.cancelled;
    default:
      return "";
  }
}

function megabytesOf(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 100_000 ? 2 : 1);
}

/** The key is asked for when somebody wants to see it: that, too, goes on record. */
function KeyAndCommand({ api, fileName }: PartProps) {
  const [key, setKey] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const asked = useRef(false);
  const load = () => {
    if (asked.current) return;
    asked.current = true;
    setFailure(undefined);
    api.key().then(setKey, (error: unknown) => {
      asked.current = false;
      setFailure(failureOf(error));
    });
  };
  const toggled = (event: SyntheticEvent<HTMLDetailsElement>) => event.currentTarget.open && load();
  return (
    <details className="exact" data-testid="audit-key" onToggle={toggled}>
      <summary>
        <Icon name="chevron" />
        {text.audit.take.show}
      </summary>
      {key === undefined && failure === undefined && <p role="status">{text.audit.take.loadingKey}</p>}
      {failure !== undefined && (
        <p className="notice" role="alert">
          <Icon name="alert" />
          <span>
            {failureText(failure)}{" "}
            <button type="button" className="button small" onClick={load}>
              {text.error.retry}
            </button>
          </span>
        </p>
      )}
      {key !== undefined && (
        <>
          <Copied title={text.audit.take.key} content={key} testId="audit-key-text" />
          <p className="muted">{text.audit.take.keyHint}</p>
          <Copied
            title={text.audit.take.command}
            content={text.audit.take.commandFor(fileName, key)}
            testId="audit-command"
          />
        </>
      )}
    </details>
  );
}

function Copied(props: { readonly title: string; readonly content: string; readonly testId: string }) {
  const { title, content, testId } = props;
  return (
    <div className="take-copy">
      <p>
        {title}{" "}
        <CopyButton
          label={text.audit.take.copy}
          copied={text.audit.take.copied}
          failed={text.audit.take.copyFailed}
          content={() => content}
        />
      </p>
      <pre tabIndex={0} role="region" aria-label={title} data-testid={testId}>
        {content}
      </pre>
    </div>
  );
}
