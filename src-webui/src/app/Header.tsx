import { type Session } from "../features/sign-in/session";
import { text } from "../text/en";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";

interface Props {
  readonly session: Session;
  readonly agentName: string | undefined;
  readonly agentMode: string | undefined;
  readonly hopCount: number;
  readonly trailOpen: boolean;
  readonly onTrail: () => void;
  readonly onNewChat: () => void;
}

export function Header({ session, agentName, agentMode, hopCount, trailOpen, onTrail, onNewChat }: Props) {
  return (
    <header className="header">
      <a className="skip" href="#composer">
        {text.header.skip}
      </a>
      <h1 className="brand">
        <Logo />
        <span>{text.product}</span>
      </h1>
      <div className="agent">
        {agentName !== undefined && (
          <p>
            <span className="sr-only">{text.header.agent}: </span>
            <span className="agent-name" data-testid="agent-name">
              {agentName}
            </span>
          </p>
        )}
        {agentMode !== undefined && (
          <p className="mode" data-testid="mode-badge" data-mode={agentMode}>
            <Mode mode={agentMode} />
          </p>
        )}
      </div>
      <div className="header-actions">
        <button type="button" className="button quiet" data-testid="new-chat" onClick={onNewChat}>
          <Icon name="plus" />
          <span>{text.header.newChat}</span>
        </button>
        <button
          type="button"
          className="button quiet trail-toggle"
          aria-expanded={trailOpen}
          aria-controls="trail"
          data-testid="trail-toggle"
          onClick={onTrail}
        >
          <Icon name="trail" />
          <span>{text.header.trail}</span>
          {hopCount > 0 && <span className="count">{hopCount}</span>}
        </button>
      </div>
      {session.person !== null && (
        <div className="person">
          <p className="who" data-testid="who">
            <span className="sr-only">{text.header.signedInAs} </span>
            <span className="who-name">{session.person.name}</span>
            {session.person.email !== undefined && <span className="who-email">{session.person.email}</span>}
          </p>
          <button
            type="button"
            className="button small"
            data-testid="sign-out"
            onClick={() => void session.signOut()}
          >
            {text.header.signOut}
          </button>
        </div>
      )}
    </header>
  );
}

/** Where space is short the note is left to those who hear the page. */
function Mode({ mode }: { readonly mode: string }) {
  const { name, note } = text.modes[mode] ?? { name: mode };
  return (
    <>
      {name}
      {note !== undefined && <span className="mode-note"> – {note}</span>}
    </>
  );
}
