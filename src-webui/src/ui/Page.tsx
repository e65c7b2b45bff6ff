import { type ReactNode, useEffect, useRef } from "react";
import { text } from "../text/en";

interface Props {
  readonly title: string;
  readonly intro?: string;
  readonly testId: string;
  /** For what needs more room than text does. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page beside the chat. Coming to it moves the focus to its title, so that a screen reader begins there. */
export function Page({ title, intro, testId, wide = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    const before = document.title;
    document.title = text.title(title);
    return () => void (document.title = before);
  }, [title]);
  return (
    <div className={wide ? "side-page wide" : "side-page"} data-testid={testId}>
      <h2 id="content" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {intro !== undefined && <p className="muted">{intro}</p>}
      {children}
    </div>
  );
}
