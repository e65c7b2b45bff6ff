import { type MouseEvent } from "react";
import { type Session } from "../features/sign-in/session";
import { text } from "../text/en";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { type Drawer } from "./useDrawer";

interface Props {
  readonly session: Session;
  readonly agentName: string | undefined;
  readonly agentMode: string | undefined;
  readonly hopCount: number;
  readonly inChat: boolean;
  readonly opened: Drawer | undefined;
  readonly onTrail: () => void;
  readonly onMenu: () => void;
  readonly onNewChat: () => void;
  readonly onSignOut: () => void;
}

export function Header(props: Props) {
  const { session, agentName, agentMode, hopCount, inChat, opened } = props;
  return (
    <header className="header">
      <a className="skip" href={inChat ? "#composer" : "#content"} onClick={skip}>
        {inChat ? text.header.skip : text.header.skipToContent}
      </a>
      {session.person !== null && (
        <button
          type="button"
          className="button quiet round menu-toggle"
          aria-label={text.header.menu}
          aria-expanded={opened === "menu"}
          aria-controls="menu"
          data-testid="menu-toggle"
          onClick={props.onMenu}
        >
          <Icon name="menu" />
        </button>
      )}
      <h1 className="brand">
        <Logo />
        <span>{text.product}</span>
      </h1>
      <div className="agent">
        {inChat && agentName !== undefined && (
          <p>
            <span className="sr-only">{text.header.agent}: </span>
            <span className="agent-name" data-testid="agent-name">
              {agentName}
            </span>
          </p>
        )}
        {inChat && agentMode !== undefined && (
          <p className="mode" data-testid="mode-badge" data-mode={agentMode}>
            <Mode mode={agentMode} />
          </p>
        )}
      </div>
      <div className="header-actions">
        <button
          type="button"
          className="button quiet new-chat"
          data-testid="new-chat"
          onClick={props.onNewChat}
        >
          <Icon name="plus" />
          <span>{text.header.newChat}</span>
        </button>
        {inChat && (
          <button
            type="button"
            className="button quiet trail-toggle"
            aria-expanded={opened === "trail"}
            aria-controls="trail"
            data-testid="trail-toggle"
            onClick={props.onTrail}
          >
            <Icon name="trail" />
            <span>{text.header.trail}</span>
            {hopCount > 0 && <span className="count">{hopCount}</span>}
          </button>
        )}
      </div>
      {session.person !== null && (
        <div className="person">
          <p className="who" data-testid="who">
            <span className="sr-only">{text.header.signedInAs} </span>
            <span className="who-name">{session.person.name}</span>
            {session.person.email !== undefined && <span className="who-email">{session.person.email}</span>}
          </p>
          <button type="button" className="button small" data-testid="sign-out" onClick={props.onSignOut}>
            {text.header.signOut}
          </button>
        </div>
      )}
    </header>
  );
}

/** The hash of the address says on which page the person is: skipping leaves it alone. */
function skip(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
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
