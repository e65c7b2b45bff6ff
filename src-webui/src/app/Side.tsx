import { type ReactNode, type Ref } from "react";
import { hashOf, type Route } from "../lib/route";
import { text } from "../text/en";
import { Icon, type IconName } from "../ui/Icon";

interface Props {
  readonly route: Route;
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly onGo: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const places: readonly { readonly route: Route; readonly name: string; readonly icon: IconName }[] = [
  { route: { page: "chat" }, name: text.side.chat, icon: "speech" },
  { route: { page: "approvals" }, name: text.side.approvals, icon: "shield" },
  { route: { page: "consents" }, name: text.side.access, icon: "key" },
];

/** The places of the page, and the conversations: beside the chat where there is room, else behind a button. */
export function Side({ route, headingRef, onGo, onClose, children }: Props) {
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
          {places.map(({ route: place, name, icon }) => (
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
