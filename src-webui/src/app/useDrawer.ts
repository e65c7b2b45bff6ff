import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

export type Drawer = "trail" | "menu";

export interface Drawers {
  readonly open: Drawer | undefined;
  readonly trailHeading: RefObject<HTMLHeadingElement | null>;
  readonly menuHeading: RefObject<HTMLHeadingElement | null>;
  close(options?: { readonly giveFocusBack: boolean }): void;
  toggle(drawer: Drawer): void;
}

/**
 * Where there is no room for them, the trail and the menu open in the place of the conversation: the focus goes with
 * them, Esc goes back.
 */
export function useDrawer(): Drawers {
  const [open, setOpen] = useState<Drawer>();
  const trailHeading = useRef<HTMLHeadingElement>(null);
  const menuHeading = useRef<HTMLHeadingElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const close = useCallback(({ giveFocusBack } = { giveFocusBack: true }) => {
    setOpen(undefined);
    if (giveFocusBack && cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }, []);
  useEffect(() => {
    if (open === undefined) return;
    cameFrom.current = document.activeElement;
    (open === "trail" ? trailHeading : menuHeading).current?.focus();
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    // Before the chat, which listens further out, would take it for a stop.
    const root = document.getElementById("root");
    root?.addEventListener("keydown", escape);
    return () => root?.removeEventListener("keydown", escape);
  }, [open, close]);
  return {
    open,
    trailHeading,
    menuHeading,
    close,
    toggle: (drawer) => (open === drawer ? close() : setOpen(drawer)),
  };
}
