package dev.throughline.out.entra;

import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.delegation.UserAssertion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a delegated token may be used again for: the same person, the very same assertion, the same audience. A person
 * who signs in anew gets a new token, and one whose assertion has ended cannot reach it.
 */
record TokenKey(TenantId tenant, UserId user, String assertionDigest, String audience) {

    static TokenKey of(User user, UserAssertion assertion, String audience) {
        return new TokenKey(user.tenant(), user.id(), sha256(assertion.token()), audience);
    }

    private static String sha256(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
