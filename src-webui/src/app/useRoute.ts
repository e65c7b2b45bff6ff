import { useMemo, useSyncExternalStore } from "react";
import { hashOf, type Route, routeOf } from "../lib/route";

/** Where on the page the person is. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => routeOf(hash), [hash]);
}

export function goTo(route: Route): void {
  window.location.hash = hashOf(route);
}

/** The same without a step back to where it was. */
export function replaceBy(route: Route): void {
  window.history.replaceState(null, "", hashOf(route));
  // The browser tells nobody of this one.
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}
