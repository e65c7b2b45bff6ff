import type { AccountInfo, PublicClientApplication } from "@azure/msal-browser";
import { forgetAttempt, isFirstAttempt } from "../../lib/claims";
import { type Config } from "../../lib/config";
import { FailureError } from "../../lib/failure";
import { type TokenSource } from "../../lib/http";
import { hashOf, routeOf } from "../../lib/route";
import { msalConfiguration } from "./msal-configuration";

/** Who is signed in, for showing only: nothing on this page decides anything by it. */
export interface Person {
  /** Tells one account from another within this browser. */
  readonly key: string;
  /** The id under which tokens, and so the trail, know this person. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/** Tokens of one kind, and the way to the sign-in page where one cannot be had without the person. */
export interface Tokens extends TokenSource {
  /** Leaves for the sign-in page to sign the same person in once more, as where more than a password is asked. */
  stepUp(): Promise<void>;
}

/** The person's session with the identity provider, and the tokens with which they chat. */
export interface Session extends Tokens {
  readonly person: Person | null;
  /** True where the last attempt to sign in came back without success. */
  readonly signInFailed: boolean;
  /**
   * Tokens for these scopes and no others, so that what one page needs is in no token that goes anywhere else. The first
   * is asked for when it is needed.
   */
  tokensFor(scopes: readonly string[]): Tokens;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/**
 * Opens the session with MSAL, which alone signs in, in the cloud and locally. Tokens stay in the tab's session
 * storage. Nobody is signed in silently: an account is taken up again only from this tab's own storage, which
 * signing out empties.
 *
 * @param beforeLeaving called when the page is about to leave for the sign-in page
 */
export async function openSession(config: Config, beforeLeaving: () => void): Promise<Session> {
  const msal = await import("@azure/msal-browser");
  const home = `${window.location.origin}/`;
  const app = new msal.PublicClientApplication(msalConfiguration(config, home));
  await app.initialize();
  const { account, failed } = await finishRedirect(app);
  // Signing out leaves its state in the address; the page has no use for a query.
  if (window.location.search !== "")
    window.history.replaceState(null, "", `${home}${hashOf(routeOf(window.location.hash))}`);

  const tokensFor = (scopes: readonly string[]): Tokens => {
    const request = { scopes: [...scopes], ...(account === null ? {} : { account }) };
    let claimsNeeded: string | undefined;

    const token = async (renew: boolean): Promise<string> => {
      if (account === null) throw new FailureError({ reason: "session_expired", status: 401 });
      try {
        const result = await app.acquireTokenSilent({
          ...request,
          forceRefresh: renew,
          // Never a hidden frame: the page's security policy allows none, and browsers block its cookies.
          cacheLookupPolicy: renew
            ? msal.CacheLookupPolicy.RefreshToken
            : msal.CacheLookupPolicy.AccessTokenAndRefreshToken,
        });
        return result.accessToken;
      } catch (error) {
        if (!(error instanceof msal.InteractionRequiredAuthError)) throw tokenFailure(error);
        beforeLeaving();
        await app.acquireTokenRedirect(request);
        return new Promise<never>(() => undefined);
      }
    };

    return {
      token: (options) => token(options?.renew ?? false),
      satisfy: async (claims) => {
        claimsNeeded = claims;
        if (account === null || !isFirstAttempt(window.sessionStorage, claims)) return;
        beforeLeaving();
        await app.acquireTokenRedirect({ ...request, claims }).catch((error: unknown) => {
          throw tokenFailure(error);
        });
        return new Promise<never>(() => undefined);
      },
      stepUp: () => {
        beforeLeaving();
        return app.acquireTokenRedirect({
          ...request,
          prompt: "login",
          ...(claimsNeeded === undefined ? {} : { claims: claimsNeeded }),
        });
      },
    };
  };

  return {
    ...tokensFor(config.scopes),
    person: account === null ? null : personOf(account),
    signInFailed: failed,
    tokensFor,
    signIn: () => {
      beforeLeaving();
      return app.loginRedirect({ scopes: [...config.scopes], prompt: "select_account" });
    },
    signOut: () => {
      forgetAttempt(window.sessionStorage);
      return app.logoutRedirect({ account, postLogoutRedirectUri: home });
    },
  };
}

/** The session of a server that asks nobody to sign in (a proof of concept). */
export function openSessionWithoutSignIn(): Session {
  const tokens: Tokens = {
    token: () => Promise.resolve(null),
    satisfy: () => Promise.resolve(),
    stepUp: () => Promise.resolve(),
  };
  return {
    ...tokens,
    person: null,
    signInFailed: false,
    tokensFor: () => tokens,
    signIn: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
  };
}

async function finishRedirect(
  app: PublicClientApplication,
): Promise<{ account: AccountInfo | null; failed: boolean }> {
  try {
    // Where the person wanted to go is kept by ourselves, and held against the places that there are.
    const result = await app.handleRedirectPromise({ navigateToLoginRequestUrl: false });
    return { account: result?.account ?? app.getAllAccounts()[0] ?? null, failed: false };
  } catch {
    return { account: null, failed: true };
  }
}

function personOf(account: AccountInfo): Person {
  return {
    key: account.homeAccountId,
    id: account.localAccountId,
    name: account.name ?? account.username,
    ...(account.username === "" ? {} : { email: account.username }),
  };
}

/** MSAL's own texts may quote the identity provider: they go no further than its error code. */
function tokenFailure(error: unknown): FailureError {
  const network =
    error instanceof TypeError || (error as { errorCode?: unknown }).errorCode === "network_error";
  return new FailureError({ reason: network ? "network" : "sign_in_failed" });
}
