package dev.throughline.out.entra;

import dev.throughline.access.ClientId;
import dev.throughline.out.http.SafeAddress;
import java.net.URI;

/**
 * How we present ourselves at the token endpoint.
 *
 * @param tokenEndpoint such as {@code https://login.microsoftonline.com/{tid}/oauth2/v2.0/token}
 * @param clientId our API's app registration
 * @param clientSecret its credential; never logged
 */
public record EntraSettings(URI tokenEndpoint, ClientId clientId, String clientSecret) {
    public EntraSettings {
        SafeAddress.require("The token endpoint", tokenEndpoint);
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException("The credential of the on-behalf-of exchange must not be blank.");
        }
    }

    @Override
    public String toString() {
        return "EntraSettings[tokenEndpoint=" + tokenEndpoint + ", clientId=" + clientId + "]";
    }
}
