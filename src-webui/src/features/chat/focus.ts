import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to something that has just come, so that it can be answered at once: but not away from where the person
 * is at work, as in a message that they have begun.
 */
export function useFocusWhenIdle(): RefObject<HTMLHeadingElement | null> {
  const target = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isIdle(document.activeElement)) return;
    const heading = target.current;
    heading?.focus();
    // The conversation scrolls to its end when it grows; a card is read from its beginning.
    const timer = window.setTimeout(() => heading?.scrollIntoView({ block: "nearest" }), 100);
    return () => window.clearTimeout(timer);
  }, []);
  return target;
}

function isIdle(focused: Element | null): boolean {
  if (focused === null || focused === document.body) return true;
  return focused instanceof HTMLTextAreaElement && focused.value === "";
}
