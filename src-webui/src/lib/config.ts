import { FailureError } from "./failure";
import { problemOf } from "./http";
import { isObject, stringOf, stringsOf } from "./json";

/** What the server tells the page before anybody has signed in. No secrets. */
export interface Config {
  readonly authRequired: boolean;
  readonly clientId: string;
  readonly authority: string;
  readonly knownAuthorities: readonly string[];
  readonly authorityMetadata?: string;
  readonly scopes: readonly string[];
  /** What a token to read the audit log with needs; none where the server has no such log. */
  readonly auditScopes: readonly string[];
  readonly agentName?: string;
  readonly agentMode?: string;
  readonly environment: string;
  readonly consentLinkHosts: readonly string[];
}

/** Reads the settings once. Fails with one sentence that names what is missing. */
export async function loadConfig(): Promise<Config> {
  let response: Response;
  try {
    response = await fetch("/api/v1/config", { headers: { Accept: "application/json" } });
  } catch {
    throw new FailureError({ reason: "network" });
  }
  if (!response.ok) throw new FailureError(await problemOf(response));
  return parseConfig(await response.json().catch(() => undefined));
}

export function parseConfig(json: unknown): Config {
  if (!isObject(json)) throw missing("a JSON object");
  const authRequired = json.authRequired !== false;
  const clientId = stringOf(json.clientId);
  const authority = stringOf(json.authority);
  const scopes = stringsOf(json.scopes);
  if (authRequired) {
    if (clientId === undefined) throw missing("clientId");
    if (authority === undefined) throw missing("authority");
    if (scopes.length === 0) throw missing("scopes");
  }
  const authorityMetadata = stringOf(json.authorityMetadata);
  const agent = isObject(json.agent) ? json.agent : {};
  const agentName = stringOf(agent.name);
  const agentMode = stringOf(agent.mode);
  return {
    authRequired,
    clientId: clientId ?? "",
    authority: authority ?? "",
    knownAuthorities: stringsOf(json.knownAuthorities),
    scopes,
    auditScopes: stringsOf(json.auditScopes),
    environment: stringOf(json.environment) ?? "prod",
    consentLinkHosts: stringsOf(json.consentLinkHosts),
    ...(authorityMetadata === undefined ? {} : { authorityMetadata }),
    ...(agentName === undefined ? {} : { agentName }),
    ...(agentMode === undefined ? {} : { agentMode }),
  };
}

function missing(what: string): FailureError {
  return new FailureError({
    reason: "config_incomplete",
    detail: `The settings from the server lack ${what}.`,
  });
}
