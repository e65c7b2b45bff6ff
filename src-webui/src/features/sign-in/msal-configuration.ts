import type { Configuration } from "@azure/msal-browser";
import { type Config } from "../../lib/config";

/**
 * What MSAL is told. In the cloud it reads the authority's metadata itself, over https. A server whose authority
 * speaks plain http (the stand-in on a developer's machine) sends the metadata along, since MSAL would fetch it
 * from nowhere else.
 *
 * @param home the page's own address, where the identity provider sends people back to
 */
export function msalConfiguration(config: Config, home: string): Configuration {
  return {
    auth: {
      clientId: config.clientId,
      authority: config.authority,
      knownAuthorities: [...config.knownAuthorities],
      redirectUri: home,
      postLogoutRedirectUri: home,
      ...(config.authorityMetadata === undefined ? {} : { authorityMetadata: config.authorityMetadata }),
    },
    // Of this tab alone, and gone with it.
    cache: { cacheLocation: "sessionStorage" },
  };
}
