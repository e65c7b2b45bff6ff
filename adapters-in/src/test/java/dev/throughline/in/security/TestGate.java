package dev.throughline.in.security;

import dev.throughline.access.TenantId;
import dev.throughline.in.fakes.HandSetClock;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An issuer whose keys are at hand, and the gate before an API that takes its tokens. */
final class TestGate {
    static final String PREFIX = "c0ffee00-0000-4000-8000-0000000000";
    static final TenantId TENANT = new TenantId(UUID.fromString(PREFIX + "01"));
    static final String API = PREFIX + "a1";
    static final String WEB_CHAT = PREFIX + "a2";
    static final String VIC = PREFIX + "b4";
    static final String ADA = PREFIX + "b1";
    static final String V2 = "https://login.example/" + TENANT + "/v2.0";
    static final String V1 = "https://sts.example/" + TENANT + "/";
    static final String OTHER = "https://id.example";
    static final String FOUNDRY = "https://ai.azure.com";
    static final Set<String> AUDIENCES = Set.of(API, "api://" + API);
    private static final URI KEYS = URI.create("https://login.example/keys");

    final HandSetClock clock = new HandSetClock(Instant.parse("2026-11-21T10:00:00Z"));
    final CountedMetrics metrics = new CountedMetrics();
    final TestKeySource source = new TestKeySource(List.of(RsaKeys.FIRST.published(), RsaKeys.SECOND.published()));
    final TestKeySource providers = new TestKeySource(List.of(withoutIssuer(RsaKeys.FIRST.published())));
    final TokenSettings settings;
    final KeyRing keys;

    private TestGate(TokenSettings settings) {
        this.settings = settings;
        this.keys = new KeyRing(
                settings, issuer -> issuer.dialect().entra() ? source : providers, metrics, clock, Runnable::run);
    }

    private static Map<String, Object> withoutIssuer(Map<String, Object> key) {
        key.remove("issuer");
        return key;
    }

    /** As in most installations: Entra's tokens of version 2.0 and none else. */
    static TestGate open() {
        return new TestGate(settings(TokenIssuer.named(V2, TENANT, KEYS, AUDIENCES)));
    }

    /** With tokens of version 1.0, which may be passed through, and of another provider. */
    static TestGate toAll() {
        return new TestGate(settings(
                TokenIssuer.named(V2, TENANT, KEYS, AUDIENCES),
                TokenIssuer.named(V1, TENANT, KEYS, AUDIENCES).passing(Set.of(FOUNDRY)),
                TokenIssuer.named(OTHER, TENANT, KEYS, AUDIENCES)));
    }

    private static TokenSettings settings(TokenIssuer... issuers) {
        return new TokenSettings(TENANT, List.of(issuers), true);
    }

    TokenVerifier verifier(GateRules rules) {
        return new TokenVerifier(rules, settings, keys, clock);
    }

    TokenVerifier verifier() {
        return verifier(GateRules.ALL);
    }

    RememberedProofs remembering() {
        return new RememberedProofs(verifier(), clock);
    }

    /** Vic's good token for our API, from the web chat. */
    Draft good() {
        long now = clock.instant().getEpochSecond();
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", RsaKeys.FIRST.id());
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("aud", API);
        claims.put("iss", V2);
        claims.put("iat", now - 60);
        claims.put("nbf", now - 60);
        claims.put("exp", now + 3600);
        claims.put("azp", WEB_CHAT);
        claims.put("azpacr", "0");
        claims.put("name", "Vic Viewer");
        claims.put("oid", VIC);
        claims.put("preferred_username", "vic@contoso.example");
        claims.put("rh", "0.AXoA");
        claims.put("roles", List.of("Viewer"));
        claims.put("scp", "Orders.Read Orders.Write");
        claims.put("sub", "pairwise-subject-of-vic");
        claims.put("tid", TENANT.toString());
        claims.put("uti", "AAAAAAAAAAAAAAAAAAAAAA");
        claims.put("ver", "2.0");
        return new Draft(header, claims, UnaryOperator.identity(), UnaryOperator.identity(), RsaKeys.FIRST::sign);
    }

    /** The same of version 1.0. */
    Draft goodV1() {
        return good().with("iss", V1).with("ver", "1.0").without("azp").with("appid", WEB_CHAT);
    }

    /** The same as another provider would say it. */
    Draft goodOther() {
        return good().with("iss", OTHER)
                .without("ver")
                .without("tid")
                .without("oid")
                .without("azp")
                .without("scp")
                .with("client_id", WEB_CHAT)
                .with("scope", "Orders.Read");
    }
}
