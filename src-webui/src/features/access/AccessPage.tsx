import { useCallback, useEffect, useId, useState } from "react";
import { type Failure, failureOf, signInHelps } from "../../lib/failure";
import { failureText, text } from "../../text/en";
import { ErrorCard } from "../../ui/ErrorCard";
import { Icon, type IconName } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { Scopes } from "../../ui/Scopes";
import { When } from "../../ui/When";
import { type AccessApi, type Grant, type GrantState } from "./api";

interface Props {
  readonly api: AccessApi;
  readonly onChanged: () => void;
  readonly onSignIn: () => void;
}

type Deed = "allow" | "deny" | "revoke";

/** Which agents may act in the person's name, and the ways to change that. */
export function AccessPage({ api, onChanged, onSignIn }: Props) {
  const [grants, setGrants] = useState<readonly Grant[]>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<{ readonly id: string; readonly failure: Failure }>();
  const [said, setSaid] = useState("");
  const load = useCallback(async () => {
    try {
      setGrants(await api.list());
      setFailure(undefined);
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, [api]);
  useEffect(() => {
    const again = () => void load();
    again();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [load]);
  const change = async ({ id, agent }: Grant, deed: Deed) => {
    if (busy !== undefined) return;
    setBusy(id);
    setProblem(undefined);
    try {
      if (deed === "revoke") await api.revoke(id);
      else await api.decide(id, deed);
      const now = await api.list();
      setGrants(now);
      const state = now.find((grant) => grant.id === id)?.state;
      setSaid(state === undefined ? "" : text.access.announce(agent, text.access.states[state]));
      onChanged();
    } catch (error) {
      setProblem({ id, failure: failureOf(error) });
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Page title={text.access.title} intro={text.access.intro} testId="access-page">
      {failure !== undefined && grants === undefined && (
        <ErrorCard
          failure={failure}
          onRetry={() => void load()}
          onSignIn={signInHelps(failure) ? onSignIn : undefined}
        />
      )}
      {grants === undefined && failure === undefined && <p role="status">{text.access.loading}</p>}
      {grants?.length === 0 && <p className="muted">{text.access.none}</p>}
      <ul className="grants">
        {grants?.map((grant) => (
          <li key={grant.id}>
            <GrantCard
              grant={grant}
              busy={busy === grant.id}
              problem={problem?.id === grant.id ? problem.failure : undefined}
              onChange={(deed) => void change(grant, deed)}
            />
          </li>
        ))}
      </ul>
      <p className="sr-only" role="status" data-testid="access-announcer">
        {said}
      </p>
    </Page>
  );
}

interface CardProps {
  readonly grant: Grant;
  readonly busy: boolean;
  readonly problem: Failure | undefined;
  readonly onChange: (deed: Deed) => void;
}

const icons: Record<GrantState, IconName> = { asked: "key", allowed: "check", denied: "no", revoked: "no" };
const deeds: Record<GrantState, readonly Deed[]> = {
  asked: ["allow", "deny"],
  allowed: ["revoke"],
  denied: ["allow"],
  revoked: ["allow"],
};

function GrantCard({ grant, busy, problem, onChange }: CardProps) {
  const titleId = useId();
  const { state, agent, kind, changedAt } = grant;
  return (
    <section
      className="card grant"
      aria-labelledby={titleId}
      data-testid="grant"
      data-agent={agent}
      data-state={state}
    >
      <div className="grant-head">
        <h3 id={titleId}>{agent}</h3>
        <span className={`state ${state}`}>
          <Icon name={icons[state]} />
          {text.access.states[state]}
        </span>
      </div>
      <p className="muted">
        {kind !== undefined && wordFor(kind)}
        {kind !== undefined && changedAt !== undefined && " · "}
        {changedAt !== undefined && (
          <>
            {text.access.since} <When at={changedAt} />
          </>
        )}
      </p>
      <Scopes title={text.access.may[state]} scopes={grant.scopes} />
      {problem !== undefined && (
        <p className="notice" role="alert">
          <Icon name="alert" />
          {failureText(problem)}
        </p>
      )}
      <p className="actions">
        {deeds[state].map((deed, i) => (
          <button
            // One that takes the place of another keeps the focus that was on it.
            key={i}
            type="button"
            className="button"
            data-testid={`grant-${deed}`}
            aria-disabled={busy}
            aria-describedby={titleId}
            onClick={() => !busy && onChange(deed)}
          >
            {labelOf(deed, state)}
          </button>
        ))}
      </p>
    </section>
  );
}

function labelOf(deed: Deed, state: GrantState): string {
  return deed === "allow" && state !== "asked" ? text.access.allowAgain : text.access[deed];
}

function wordFor(kind: string): string {
  return Object.hasOwn(text.agents.kinds, kind) ? (text.agents.kinds[kind] ?? kind) : kind;
}
