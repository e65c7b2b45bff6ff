package dev.throughline.in.security;

import dev.throughline.access.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens are for us.
 *
 * @param tenant the tenant whose people may call
 * @param issuers who may have issued them; the first one is that of most callers
 * @param remember whether a token that was verified once need not be verified whole again
 */
public record TokenSettings(TenantId tenant, List<TokenIssuer> issuers, boolean remember) {
    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** The longest life that we believe of an access token. */
    static final Duration MAX_LIFETIME = Duration.ofHours(24);

    public TokenSettings {
        issuers = List.copyOf(issuers);
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("At least one issuer is needed");
        }
        if (issuers.stream().map(TokenIssuer::name).distinct().count() != issuers.size()) {
            throw new IllegalArgumentException("An issuer is listed twice");
        }
    }

    /** Tokens of one issuer. */
    public TokenSettings(TenantId tenant, String issuer, URI keys, Set<String> audiences) {
        this(tenant, List.of(TokenIssuer.named(issuer, tenant, keys, audiences)), true);
    }

    Optional<TokenIssuer> issuer(String name) {
        for (TokenIssuer issuer : issuers) {
            if (issuer.name().equals(name)) {
                return Optional.of(issuer);
            }
        }
        return Optional.empty();
    }
}
