package dev.throughline.out.entra;

import dev.throughline.access.ClientId;
import dev.throughline.out.http.SafeAddress;
import java.net.URI;

/**
 * How we present ourselves at the token endpoint.
 *
 * @param tokenEndpoint such as {@code https://login.microsoftonline.com/{tid}/oauth2/v2.0/token}
 * @param clientId our API's app registration
 * @param credential what it proves itself by
 */
public record EntraSettings(URI tokenEndpoint, ClientId clientId, ClientCredential credential) {
    public EntraSettings {
        SafeAddress.require("The token endpoint", tokenEndpoint);
    }
}
