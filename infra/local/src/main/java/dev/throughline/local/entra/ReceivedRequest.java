package dev.throughline.local.entra;

import java.time.Instant;
import java.util.Map;

/**
 * What the token endpoint was sent, without the secrets in it: for tests that prove where a token went.
 *
 * @param grantType the grant type, empty if there was none
 * @param clientId the client's id from the form, empty if there was none
 * @param scope the scopes asked for, empty if there were none
 * @param digests for each parameter's name the SHA-256 of its value, in lower-case hex
 * @param headers for each header's name, in lower case, the SHA-256 of its first value
 */
public record ReceivedRequest(
        Instant at,
        String tenant,
        String grantType,
        String clientId,
        String scope,
        Map<String, String> digests,
        Map<String, String> headers) {

    public ReceivedRequest {
        digests = Map.copyOf(digests);
        headers = Map.copyOf(headers);
    }

    /** The SHA-256 of the assertion in lower-case hex, empty if there was none. */
    public String assertionSha256() {
        return digests.getOrDefault("assertion", "");
    }
}
