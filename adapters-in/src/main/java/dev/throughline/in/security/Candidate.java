package dev.throughline.in.security;

import dev.throughline.access.ClientId;
import dev.throughline.access.Origin;
import dev.throughline.access.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a token claims, before it is believed.
 *
 * @param claims its claims
 * @param knownIssuer the one of our issuers that it names; empty if it names none of ours
 * @param tenant our tenant
 * @param now the moment at which it was presented
 */
record Candidate(Claims claims, Optional<TokenIssuer> knownIssuer, TenantId tenant, Instant now) {
    private static final Pattern STRENGTH = Pattern.compile("[A-Za-z0-9_.:/ -]{1,64}");

    static Candidate of(Claims claims, TokenSettings settings, Instant now) {
        return new Candidate(claims, claims.text("iss").flatMap(settings::issuer), settings.tenant(), now);
    }

    boolean issuerKnown() {
        return knownIssuer.isPresent();
    }

    /** The issuer, once the rules about the token's origin hold. */
    TokenIssuer issuer() {
        return knownIssuer.orElseThrow();
    }

    Dialect dialect() {
        return issuer().dialect();
    }

    /** Another provider knows no tenants; its people are all of ours. */
    boolean ofOurTenant() {
        return claims.guid("tid").filter(tenant.value()::equals).isPresent()
                || !dialect().entra() && !claims.has("tid");
    }

    boolean forUs() {
        return claims.text("aud").filter(issuer()::takes).isPresent();
    }

    Optional<Instant> moment(String name) {
        return claims.moment(name);
    }

    boolean endsAfter(Instant moment) {
        return moment("exp").filter(moment::isBefore).isPresent();
    }

    /** Whether that moment, if there is one, is not to come. */
    boolean began(String name) {
        return !claims.has(name)
                || moment(name)
                        .filter(begin -> !begin.isAfter(now.plus(TokenSettings.SKEW)))
                        .isPresent();
    }

    Duration lifetime() {
        return Duration.between(
                moment("iat").orElse(Instant.EPOCH), moment("exp").orElse(Instant.MAX));
    }

    Optional<UUID> subject() {
        return dialect().subject(claims);
    }

    Optional<ClientId> client() {
        return dialect().client(claims);
    }

    /** What it says of agents; empty if that cannot be read, since it might have taken a right away. */
    Optional<ActingClaims> acting() {
        try {
            return Optional.of(ActingClaims.of(claims));
        } catch (RejectedTokenException unreadable) {
            return Optional.empty();
        }
    }

    boolean nobodyActsForThemselves() {
        return !claims.has("act")
                || acting().stream()
                        .flatMap(acting -> acting.actors().stream())
                        .noneMatch(actor -> claims.is("sub", actor.value()));
    }

    /** What it says, once all rules hold. */
    VerifiedToken verified() {
        String audience = claims.text("aud").orElseThrow();
        boolean passedThrough = !issuer().audiences().contains(audience);
        return new VerifiedToken(
                tenant.value(),
                subject().orElseThrow(),
                client().orElseThrow(),
                audience,
                passedThrough ? Set.of() : dialect().scopes(claims),
                passedThrough ? Set.of() : claims.texts("roles"),
                dialect().appOnly(claims),
                moment("exp").orElseThrow(),
                acting().orElseThrow(),
                passedThrough,
                Origin.UNKNOWN);
    }

    /** Where it comes from, once all rules hold. */
    Provenance provenance() {
        return new Provenance(
                issuer().name(),
                begin(),
                moment("iat").orElseThrow(),
                strength(),
                claims.text("uti").or(() -> claims.text("jti")));
    }

    /** How its person signed in, as far as it says so in words that can be put on record. */
    private Optional<String> strength() {
        return claims.text("acr")
                .or(() -> Optional.of(String.join(" ", new TreeSet<>(claims.texts("amr"))))
                        .filter(methods -> !methods.isEmpty()))
                .filter(words -> STRENGTH.matcher(words).matches());
    }

    /** The first moment at which it was good, clocks aside. */
    private Instant begin() {
        Instant issued = moment("iat").orElseThrow();
        return moment("nbf").filter(issued::isBefore).orElse(issued);
    }
}
