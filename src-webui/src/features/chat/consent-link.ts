/** What a consent link is checked against; the server checks too, but a link is where a person is sent. */
export interface LinkRules {
  readonly environment: string;
  readonly consentLinkHosts: readonly string[];
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The link, if it may be opened: https, or on a developer's machine http on loopback, to a host that the server
 * lists (`login.example` stands for itself, `*.example` for the hosts below it, neither for a port), and without
 * credentials. The server holds links to the same rule before it passes them on.
 */
export function safeConsentLink(link: string | undefined, rules: LinkRules): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  const loopback = rules.environment === "local" && LOOPBACK.includes(url.hostname);
  const secure = url.protocol === "https:" || (url.protocol === "http:" && loopback);
  const bare = url.username === "" && url.password === "";
  return secure && bare && rules.consentLinkHosts.some((host) => matches(host, url)) ? url.href : undefined;
}

function matches(allowed: string, url: URL): boolean {
  const host = allowed.toLowerCase();
  if (!host.startsWith("*.")) return host === url.hostname;
  const suffix = host.slice(1);
  return suffix.length > 1 && url.hostname.length > suffix.length && url.hostname.endsWith(suffix);
}
