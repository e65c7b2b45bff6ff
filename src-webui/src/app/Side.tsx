import { type ReactNode, type Ref } from "react";
import { hashOf, type Route } from "../lib/route";
import { text } from "../text/en";
import { Icon, type IconName } from "../ui/Icon";

interface Props {
  readonly route: Route;
  /** Whether there is a log for this person to read. */
  readonly audit: boolean;
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly onGo: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

interface Place {
  readonly route: Route;
  readonly name: string;
  readonly icon: IconName;
}

const places: readonly Place[] = [
  { route: { page: "chat" }, name: text.side.chat, icon: "speech" },
  { route: { page: "approvals" }, name: text.side.approvals, icon: "shield" },
  { route: { page: "consents" }, name: text.side.access, icon: "key" },
];

const ofAdministrators: readonly Place[] = [
  { route: { page: "audit", filter: {} }, name: text.side.audit, icon: "record" },
];

/** The places of the page, and the conversations: beside the chat where there is room, else behind a button. */
export function Side({ route, audit, headingRef, onGo, onClose, children }: Props) {
  return (
    <aside id="menu" className="side" aria-label={text.side.label} data-testid="menu">
      <div className="side-head">
        <h2 ref={headingRef} tabIndex={-1}>
          {text.side.label}
        </h2>
        <button type="button" className="button quiet round" aria-label={text.side.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <nav aria-label={text.side.pages}>
        <ul className="places">
          {[...places, ...(audit ? ofAdministrators : [])].map(({ route: place, name, icon }) => (
            <li key={place.page}>
              <a
                className="place"
                href={hashOf(place)}
                data-testid={`go-${place.page}`}
                aria-current={place.page === route.page ? "page" : undefined}
                onClick={onGo}
              >
                <Icon name={icon} />
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </aside>
  );
}
