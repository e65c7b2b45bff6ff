package dev.throughline.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.throughline.battery.LaxServer.Laxness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The battery itself: it finds each thing that a lax server gets wrong, and nothing wrong with a strict one. */
class BatteryTest {
    private static final KeyPair AUTHORITY = Keys.pair();

    @Test
    void a_strict_server_passes_every_check_that_applies() {
        try (LaxServer server = server(Laxness.NONE)) {
            Report report = Battery.run(target(server));

            assertEquals(List.of(), report.failures());
            assertTrue(report.passed() > 100, report.markdown());
            assertTrue(report.markdown().contains("| `server-token-alg-none` | MUST | alg none, no signature |"));
        }
    }

    static Stream<Arguments> laxnesses() {
        return Stream.of(
                lax(Laxness.LETS_ANYBODY_IN, "server/auth-401-unauthorized"),
                lax(Laxness.LETS_GARBAGE_IN, "auth-invalid-token-rejected"),
                lax(Laxness.REFUSES_EVERYBODY_BUT_TO_SAY_HELLO, "server-token-valid-accepted"),
                lax(
                        Laxness.SKIPS_SIGNATURES,
                        "server-token-signature",
                        "server-token-malformed",
                        "server-token-unknown-key"),
                lax(Laxness.TAKES_ALG_NONE, "server-token-alg-none"),
                lax(Laxness.VERIFIES_HMAC_WITH_THE_PUBLIC_PEM, "server-token-alg-confusion"),
                lax(Laxness.VERIFIES_HMAC_WITH_THE_PUBLIC_DER, "server-token-alg-confusion"),
                lax(Laxness.TRUSTS_EMBEDDED_KEYS, "server-token-embedded-key"),
                lax(Laxness.SKIPS_ISSUER, "server-token-issuer-validation"),
                lax(Laxness.TAKES_ISSUERS_BY_PREFIX, "server-token-issuer-validation"),
                lax(Laxness.SKIPS_AUDIENCE, "server-token-audience-validation", "server-token-id-token"),
                lax(Laxness.SKIPS_EXPIRY, "server-token-expired"),
                lax(Laxness.SKIPS_NOT_BEFORE, "server-token-not-yet-valid"),
                lax(Laxness.SKIPS_CONFIRMATION, "server-token-sender-constrained"),
                lax(Laxness.TAKES_ID_TOKENS, "server-token-id-token"),
                lax(Laxness.TAKES_ANY_APPLICATION, "server-token-user-required"),
                lax(Laxness.SKIPS_SCOPES, "server-token-scope-missing", "step-up-403-response"),
                lax(Laxness.TAKES_TOKENS_FROM_THE_QUERY, "server-token-in-query"),
                lax(Laxness.TAKES_THE_FIRST_OF_TWO_TOKENS, "server-token-two-headers"),
                lax(Laxness.TAKES_THE_LAST_OF_TWO_TOKENS, "server-token-two-headers"),
                lax(Laxness.CHALLENGES_WITH_403, "server/auth-401-unauthorized"),
                lax(Laxness.CHALLENGES_WITHOUT_A_HEADER, "server/auth-www-authenticate-header"),
                lax(Laxness.CALLS_NO_TOKEN_INVALID, "server/auth-www-authenticate-header"),
                lax(Laxness.CALLS_A_BAD_TOKEN_MISSING, "auth-invalid-token-rejected"),
                lax(Laxness.HIDES_ITS_METADATA, "auth-resource-metadata-param"),
                lax(Laxness.LEADS_ASTRAY, "auth-resource-metadata-param"),
                lax(Laxness.CHALLENGES_WITHOUT_SCOPE, "server-challenge-scope"),
                lax(Laxness.ASKS_FOR_OFFLINE_ACCESS, "server-challenge-scope", "server-prm-scopes-minimal"),
                lax(
                        Laxness.BUILDS_ADDRESSES_FROM_FORWARDED_HEADERS,
                        "server-challenge-host-independent",
                        "server-prm-host-independent"),
                lax(
                        Laxness.BUILDS_ADDRESSES_FROM_THE_HOST,
                        "server-challenge-host-independent",
                        "server-prm-host-independent"),
                lax(Laxness.HAS_NO_METADATA_AT_ITS_PATH, "server/auth-prm-discovery"),
                lax(Laxness.HAS_OTHER_METADATA_AT_THE_ROOT, "server/auth-prm-discovery"),
                lax(Laxness.NAMES_ANOTHER_RESOURCE, "server/auth-prm-resource-validation"),
                lax(Laxness.NAMES_NO_AUTHORITY, "server-prm-authorization-servers"),
                lax(Laxness.NAMES_AN_UNKNOWN_AUTHORITY, "server/auth-discovery-mechanism"),
                lax(Laxness.OFFERS_THE_QUERY, "server-prm-no-query-tokens"),
                lax(Laxness.REFUSES_SCOPES_INSIDE_200, "step-up-403-response", "server-token-scope-missing"),
                lax(
                        Laxness.ASKS_FOR_ONE_SCOPE_AFTER_THE_OTHER,
                        "step-up-scope-in-header",
                        "step-up-success-after-escalation"),
                lax(Laxness.STEPS_UP_WITHOUT_METADATA, "step-up-resource-metadata"),
                lax(Laxness.HIDES_TOOLS_BEFORE_STEP_UP, "server-list-before-step-up"),
                lax(Laxness.DECIDES_BY_THE_NAME_IN_THE_HEADER, "server-header-policy-bypass"),
                lax(
                        Laxness.IGNORES_THE_NAME_IN_THE_HEADER,
                        "server-header-policy-bypass",
                        "server-header-mismatch",
                        "server-header-missing"),
                lax(
                        Laxness.IGNORES_THE_METHOD_IN_THE_HEADER,
                        "server-header-policy-bypass",
                        "server-header-mismatch",
                        "server-header-missing"),
                lax(Laxness.IGNORES_THE_VERSION_IN_THE_HEADER, "server-header-mismatch"),
                lax(Laxness.READS_THE_LAST_NAME_OF_TWO, "server-header-policy-bypass"),
                lax(Laxness.READS_NO_ENCODED_NAMES, "server-header-policy-bypass"),
                lax(Laxness.NEEDS_NO_HEADERS, "server-header-missing"),
                lax(Laxness.AUTHENTICATES_BY_SESSION, "server-session-not-authentication"),
                lax(Laxness.SHARES_SESSIONS, "server-session-bound"),
                lax(Laxness.CALLS_LISTS_PUBLIC, "server-list-private"),
                lax(Laxness.LETS_CACHES_SHARE_LISTS, "server-list-private"),
                lax(Laxness.REPLAYS_LISTS, "server-list-not-replayed"),
                lax(Laxness.ANSWERS_ANY_ORIGIN, "server-origin-validation"),
                lax(Laxness.ANSWERS_ANY_HOST, "server-host-validation"));
    }

    private static Arguments lax(Laxness laxness, String... red) {
        return Arguments.of(laxness, new TreeSet<>(List.of(red)));
    }

    @ParameterizedTest(name = "{0} turns {1} red")
    @MethodSource("laxnesses")
    void each_laxness_turns_its_check_red(Laxness laxness, Set<String> red) {
        try (LaxServer server = server(laxness)) {
            Set<String> failed = failed(Battery.run(target(server), check -> red.contains(check.id())));

            assertEquals(red, failed);
        }
    }

    @Test
    void every_laxness_is_tried_and_every_check_can_turn_red() {
        Set<Object> tried = laxnesses().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
        Set<String> red = new TreeSet<>();
        laxnesses().forEach(arguments -> ((Set<?>) arguments.get()[1]).forEach(id -> red.add(id.toString())));

        Set<Laxness> untried = Arrays.stream(Laxness.values())
                .filter(laxness -> laxness != Laxness.NONE && !tried.contains(laxness))
                .collect(Collectors.toSet());
        Set<String> neverRed = Battery.all().stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
        neverRed.removeAll(red);

        assertEquals(Set.of(), untried);
        assertEquals(Set.of(), neverRed);
    }

    @Test
    void a_server_that_takes_no_good_token_cannot_be_judged() {
        try (LaxServer server = new LaxServer(Laxness.NONE, (RSAPublicKey) Keys.STRANGER.getPublic())) {
            assertThrows(IllegalStateException.class, () -> Battery.run(target(server)));
        }
    }

    @Test
    void a_file_describes_a_server_and_an_issuer_with_its_key(@TempDir Path folder) throws IOException {
        try (LaxServer server = server(Laxness.SKIPS_EXPIRY)) {
            Files.writeString(folder.resolve("keys.json"), new JWKSet(key()).toString(false));
            Path file = Files.writeString(folder.resolve("target.json"), Json.text(description(server)));

            Report report = Battery.run(TargetFile.read(file));

            assertEquals(Set.of("server-token-expired"), failed(report));
        }
    }

    @Test
    void ready_made_tokens_of_somebody_elses_authority_will_do_for_what_needs_no_signing(@TempDir Path folder)
            throws IOException {
        try (LaxServer server = server(Laxness.TAKES_TOKENS_FROM_THE_QUERY)) {
            Map<String, Object> description = description(server);
            description.remove("keys");
            DescribedIssuer issuer = new DescribedIssuer(new Json(description(server)), java.util.Optional.of(key()));
            description.put(
                    "tokens",
                    Map.of(
                            "reading",
                            issuer.token(Issuer.Purpose.READING).orElseThrow().compact()));
            Path file = Files.writeString(folder.resolve("target.json"), Json.text(description));

            Report report = Battery.run(TargetFile.read(file));

            assertEquals(Set.of("server-token-in-query"), failed(report));
            assertTrue(report.markdown().contains("the issuer of this run signs no doctored tokens"));
        }
    }

    @Test
    void the_report_shows_no_token() {
        try (LaxServer server = server(Laxness.NONE)) {
            assertFalse(Battery.run(target(server)).markdown().contains("eyJ"));
        }
    }

    @Test
    void the_battery_stands_by_itself() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.throughline.battery")
                .and()
                .doNotHaveSimpleName("BatteryTest")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.throughline.battery",
                        "java..",
                        "javax.net..",
                        "javax.crypto..",
                        "com.sun.net.httpserver",
                        "com.nimbusds.jose..")
                .because("it is to be run against other servers than this one")
                .check(new ClassFileImporter().importUrl(Battery.class.getResource(".")));
    }

    private static Set<String> failed(Report report) {
        return report.lines().stream()
                .filter(line -> line.verdict().outcome() == Verdict.Outcome.FAIL)
                .map(line -> line.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static LaxServer server(Laxness laxness) {
        return new LaxServer(laxness, (RSAPublicKey) AUTHORITY.getPublic());
    }

    private static RSAKey key() {
        return new RSAKey.Builder((RSAPublicKey) AUTHORITY.getPublic())
                .privateKey(AUTHORITY.getPrivate())
                .keyID("k1")
                .build();
    }

    private static Target target(LaxServer server) {
        return new Target(
                server.url(),
                new DescribedIssuer(new Json(description(server)), java.util.Optional.of(key())),
                new Target.ToolCall(LaxServer.READING, Map.of()),
                java.util.Optional.of(new Target.ToolCall(LaxServer.PRIVILEGED, Map.of())),
                LaxServer.ERASE_SCOPES);
    }

    private static Map<String, Object> description(LaxServer server) {
        Map<String, Object> claims =
                Map.of("iss", server.issuer(), "aud", server.url().toString(), "sub", "vic");
        String all = LaxServer.READ_SCOPE + " " + String.join(" ", LaxServer.ERASE_SCOPES);
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("reading", with(claims, "scope", LaxServer.READ_SCOPE));
        tokens.put("privileged", with(claims, "scope", all));
        tokens.put("without_scope", with(claims, "scope", "profile"));
        tokens.put("application", with(with(claims, "idtyp", "app"), "granted", true));
        tokens.put("application_without_grant", with(claims, "idtyp", "app"));
        tokens.put("id_token", with(with(claims, "aud", "client"), "nonce", "n"));
        tokens.put(
                "other_resource", with(with(claims, "aud", "https://things.example"), "scope", LaxServer.READ_SCOPE));
        tokens.put("other_person", with(with(claims, "sub", "ana"), "scope", LaxServer.READ_SCOPE));
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("url", server.url().toString());
        description.put("keys", "keys.json");
        description.put("scope_claim", "scope");
        description.put("tokens", tokens);
        description.put("reading", Map.of("tool", LaxServer.READING));
        description.put(
                "privileged", Map.of("tool", LaxServer.PRIVILEGED, "scopes", List.copyOf(LaxServer.ERASE_SCOPES)));
        return description;
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(name, value);
        return more;
    }
}
