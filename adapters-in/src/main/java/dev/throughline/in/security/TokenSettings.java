package dev.throughline.in.security;

import dev.throughline.access.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Which tokens are for us.
 *
 * @param tenant the tenant whose people may call
 * @param issuer the issuer, exactly as tokens spell it
 * @param keys where the issuer publishes its keys
 * @param audiences our own names as audiences
 */
public record TokenSettings(TenantId tenant, String issuer, URI keys, Set<String> audiences) {
    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** The longest life that we believe of an access token. */
    static final Duration MAX_LIFETIME = Duration.ofHours(24);

    public TokenSettings {
        audiences = Set.copyOf(audiences);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("At least one audience is needed");
        }
    }
}
