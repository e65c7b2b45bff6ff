package dev.throughline.app;

import jakarta.json.Json;
import java.net.URI;

/**
 * The discovery document of an authority that is only reachable over plain http on this machine. Sign-in libraries
 * accept it as a setting where they would refuse to fetch it.
 */
final class AuthorityMetadata {
    private AuthorityMetadata() {}

    static String of(URI authority, String issuer) {
        return Json.createObjectBuilder()
                .add("issuer", issuer)
                .add("authorization_endpoint", authority + "/oauth2/v2.0/authorize")
                .add("token_endpoint", authority + "/oauth2/v2.0/token")
                .add("jwks_uri", authority + "/discovery/v2.0/keys")
                .add("end_session_endpoint", authority + "/oauth2/v2.0/logout")
                .build()
                .toString();
    }
}
