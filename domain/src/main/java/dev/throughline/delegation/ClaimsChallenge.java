package dev.throughline.delegation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the person's next sign-in must bring along, as the authority put it (OpenID Connect Core section 5.5). It is for
 * the client that signs the person in and for nobody else: it can name policies of the person's organisation.
 *
 * @param json a JSON object, to be passed on as it is
 */
public record ClaimsChallenge(String json) {
    private static final int LONGEST = 4096;

    public ClaimsChallenge {
        if (!json.startsWith("{") || !json.endsWith("}") || json.length() > LONGEST) {
            throw new IllegalArgumentException("A claims challenge is a JSON object of at most 4096 characters");
        }
    }

    /** As it stands in the {@code claims} of a Bearer challenge. */
    public String base64() {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ClaimsChallenge[hidden]";
    }
}
