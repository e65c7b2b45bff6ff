package dev.throughline.delegation;

import dev.throughline.access.ClientId;
import java.time.Instant;
import java.util.Set;

/**
 * A token for a person, made for one audience, that we obtained.
 *
 * @param token the token itself; never logged, stored or shown
 * @param client our own client that obtained it
 * @param audience whom it was asked for, such as {@code https://ai.azure.com}
 * @param scopes what the issuer says it allows
 * @param expiresAt when it ends
 */
public record DelegatedToken(String token, ClientId client, String audience, Set<String> scopes, Instant expiresAt) {
    public DelegatedToken {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "DelegatedToken[audience=" + audience + ", expiresAt=" + expiresAt + "]";
    }
}
