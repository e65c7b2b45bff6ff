package dev.throughline.out.entra;

import java.time.Instant;

/**
 * A token of our managed identity, by which our registration proves itself.
 *
 * @param value the token itself; never logged
 * @param expiresAt when it ends
 */
record IdentityToken(String value, Instant expiresAt) {
    @Override
    public String toString() {
        return "IdentityToken[expiresAt=" + expiresAt + "]";
    }
}
