import { hashQueryOf, type RecordFilter, recordFilterOf } from "./record-filter";

/**
 * The places of this page; the chat is where every unknown address leads. A conversation's address opens it, and is then
 * the chat's.
 */
export type Route =
  | { readonly page: "chat"; readonly conversation?: string }
  | { readonly page: "consents" }
  | { readonly page: "approvals"; readonly id?: string }
  | { readonly page: "audit"; readonly filter: RecordFilter };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place that the hash of an address names. */
export function routeOf(hash: string): Route {
  const audit = /^#\/audit(?:\?(.*))?$/.exec(hash);
  if (audit !== null) {
    const filter = recordFilterOf(audit[1] ?? "");
    return filter === undefined ? { page: "chat" } : { page: "audit", filter };
  }
  const [page, id, ...rest] = hash.replace(/^#\/?/, "").split("/");
  if (!hash.startsWith("#/") || rest.length > 0) return { page: "chat" };
  if (page === "consents" && id === undefined) return { page };
  if (page === "approvals" && id === undefined) return { page };
  if (page === "approvals" && id !== undefined && UUID.test(id)) return { page, id };
  if (page === "conversations" && id !== undefined && UUID.test(id))
    return { page: "chat", conversation: id };
  return { page: "chat" };
}

const CHAT = "#/";

export function hashOf(route: Route): string {
  switch (route.page) {
    case "chat":
      return route.conversation === undefined ? CHAT : `#/conversations/${route.conversation}`;
    case "consents":
      return "#/consents";
    case "approvals":
      return route.id === undefined ? "#/approvals" : `#/approvals/${route.id}`;
    case "audit":
      return `#/audit${hashQueryOf(route.filter)}`;
  }
}

const KEY = "throughline.destination";

/** Keeps where the person wanted to go while they are away to sign in. */
export function keepDestination(storage: Storage, hash: string): void {
  try {
    const place = hashOf(routeOf(hash));
    if (place === CHAT) storage.removeItem(KEY);
    else storage.setItem(KEY, place);
  } catch {
    // Without storage the person arrives at the chat.
  }
}

/**
 * Where the person wanted to go, once. What comes back is written anew from one of our own places, so that nothing else
 * in the storage can lead anywhere.
 */
export function takeDestination(storage: Storage): Route {
  const hash = storage.getItem(KEY) ?? "";
  storage.removeItem(KEY);
  return routeOf(hash);
}

/** Where the person is, also after a trip to the sign-in page, which leaves its own hash behind. */
export function arrive(storage: Storage): void {
  const wanted = hashOf(takeDestination(storage));
  if (wanted !== CHAT && hashOf(routeOf(window.location.hash)) === CHAT)
    window.history.replaceState(null, "", wanted);
}
