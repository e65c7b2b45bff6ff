/** Longest claims request that is passed on; real ones have some hundred characters. */
const MAX_CLAIMS = 4_096;

/**
 * The claims that a challenge asks a new token for (`error="insufficient_claims"`), as JSON.
 *
 * @returns undefined for every other challenge, and where the claims are no JSON object
 */
export function claimsOf(challenge: string | null): string | undefined {
  if (challenge === null || !/\berror="insufficient_claims"/i.test(challenge)) return undefined;
  const encoded = /\bclaims="([A-Za-z0-9+/_=-]+)"/i.exec(challenge)?.[1];
  if (encoded === undefined || encoded.length > MAX_CLAIMS) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
    const json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const claims: unknown = JSON.parse(json);
    return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? json : undefined;
  } catch {
    return undefined;
  }
}

const KEY = "throughline.claims";

/**
 * Whether these claims have not been asked for in this tab yet; from then on they have. A sign-in that did not bring
 * them would otherwise be repeated for ever.
 */
export function isFirstAttempt(storage: Storage, claims: string): boolean {
  try {
    if (storage.getItem(KEY) === claims) return false;
    storage.setItem(KEY, claims);
    return true;
  } catch {
    // Where nothing can be remembered, nothing bounds the attempts.
    return false;
  }
}

/** Whoever signs in next starts anew. */
export function forgetAttempt(storage: Storage): void {
  storage.removeItem(KEY);
}
