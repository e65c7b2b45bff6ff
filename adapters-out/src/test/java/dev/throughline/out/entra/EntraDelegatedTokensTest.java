package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.local.LocalPorts;
import dev.throughline.out.LogLines;
import dev.throughline.out.People;
import dev.throughline.out.http.WireServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks recorded answers. */
class EntraDelegatedTokensTest extends DelegatedTokensContract {
    private static final ClientId API = new ClientId("c0ffee00-0000-4000-8000-0000000000a1");
    private static final String SECRET = "s3cret&with=signs";
    private static final Instant NOW = Instant.now();
    private static final Delegation UNAVAILABLE = new Delegation.Unavailable(Optional.empty());

    private final WireServer server = new WireServer();
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Delegation.NotIssued> next = new AtomicReference<>();
    private final TenantId tenant = People.someTenant();
    private final User vic = People.someone(tenant, Role.VIEWER);
    private final User ada = People.someone(tenant, Role.ADMIN);
    private final EntraDelegatedTokens tokens = tokensFrom(server.address("/tid/oauth2/v2.0/token"));

    @BeforeEach
    void issueTokens() {
        server.answers(exchange -> {
            Delegation.NotIssued failure = next.getAndSet(null);
            if (failure == null) {
                WireServer.send(
                        exchange,
                        200,
                        "application/json; charset=utf-8",
                        TokenWire.token("token-" + issued.incrementAndGet(), 3599));
            } else {
                WireServer.send(exchange, 400, "application/json", TokenWire.error(failure));
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EntraDelegatedTokens tokensFrom(URI endpoint) {
        EntraSettings settings = new EntraSettings(endpoint, API, new ClientCredential.Secret(SECRET));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new EntraDelegatedTokens(
                settings, ClientAuthentication.of(settings, clock), clock, nanos::get, Duration.ofSeconds(2));
    }

    @Override
    DelegatedTokens tokens() {
        return tokens;
    }

    @Override
    User vic() {
        return vic;
    }

    @Override
    User ada() {
        return ada;
    }

    @Override
    UserAssertion assertionOf(User user) {
        return new UserAssertion("assertion-of-" + user.id() + "-" + UUID.randomUUID(), Instant.MAX);
    }

    @Override
    void failNext(Delegation.NotIssued failure) {
        next.set(failure);
    }

    @Test
    void the_exchange_is_asked_for_as_documented() {
        issued(vic, new UserAssertion("the-assertion", Instant.MAX));
        WireServer.Request request = server.requests().get(0);
        assertEquals("POST /tid/oauth2/v2.0/token", request.method() + " " + request.target());
        assertEquals("application/x-www-form-urlencoded", request.headers().get("content-type"));
        assertEquals(
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "client_id", API.value(),
                        "client_secret", SECRET,
                        "assertion", "the-assertion",
                        "scope", "https://ai.azure.com/.default",
                        "requested_token_use", "on_behalf_of"),
                TokenWire.form(request.body()));
    }

    @Test
    void the_assertion_leaves_as_the_assertion_of_the_exchange_and_nowhere_else() {
        String marker = "marker-" + UUID.randomUUID();
        issued(vic, new UserAssertion(marker, Instant.MAX));
        assertEquals(1, server.requests().size());
        WireServer.Request request = server.requests().get(0);
        assertFalse(request.target().contains(marker));
        assertFalse(request.headers().toString().contains(marker));
        assertEquals(1, request.body().split(marker, -1).length - 1);
        assertEquals(marker, TokenWire.form(request.body()).get("assertion"));
    }

    @Test
    void neither_the_assertion_nor_a_token_nor_the_secret_shows_in_any_text_form() {
        UserAssertion assertion = new UserAssertion("marker-of-the-assertion", Instant.MAX);
        String all = issued(vic, assertion)
                + " " + assertion
                + " " + TokenKey.of(vic, assertion, FOUNDRY)
                + " " + new EntraSettings(server.address("/"), API, new ClientCredential.Secret(SECRET));
        assertFalse(all.contains("marker-of-the-assertion"));
        assertFalse(all.contains("token-1"));
        assertFalse(all.contains(SECRET));
    }

    @Test
    void the_same_assertion_in_the_hands_of_another_user_is_exchanged_anew() {
        UserAssertion assertion = assertionOf(vic);
        assertNotEquals(issued(vic, assertion).token(), issued(ada, assertion).token());
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        assertNotEquals(
                issued(vic, assertion).token(), issued(namesake, assertion).token());
    }

    @Test
    void a_new_assertion_and_another_audience_are_exchanged_anew() {
        UserAssertion assertion = assertionOf(vic);
        Set<String> different = new HashSet<>();
        different.add(issued(vic, assertion).token());
        different.add(issued(vic, assertionOf(vic)).token());
        different.add(assertInstanceOf(
                        Delegation.Issued.class, tokens.onBehalfOf(vic, assertion, "https://graph.microsoft.com"))
                .token()
                .token());
        assertEquals(3, different.size());
    }

    @Test
    void a_token_is_used_again_for_ten_minutes_at_most() {
        UserAssertion assertion = assertionOf(vic);
        String first = issued(vic, assertion).token();
        nanos.addAndGet(Duration.ofMinutes(10).minusSeconds(1).toNanos());
        assertEquals(first, issued(vic, assertion).token());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertNotEquals(first, issued(vic, assertion).token());
    }

    @ParameterizedTest
    @CsvSource({"840, 540", "480, 240"})
    void a_token_with_a_short_life_is_not_used_near_its_end(long life, long reuse) {
        server.answers(exchange -> WireServer.send(
                exchange, 200, "application/json", TokenWire.token("token-" + issued.incrementAndGet(), life)));
        UserAssertion assertion = assertionOf(vic);
        String first = issued(vic, assertion).token();
        nanos.addAndGet(Duration.ofSeconds(reuse - 1).toNanos());
        assertEquals(first, issued(vic, assertion).token());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertNotEquals(first, issued(vic, assertion).token());
    }

    @Test
    void a_token_is_not_used_again_beyond_the_end_of_the_assertion() {
        UserAssertion assertion = new UserAssertion("assertion", NOW.plusSeconds(90));
        String first = issued(vic, assertion).token();
        nanos.addAndGet(Duration.ofSeconds(89).toNanos());
        assertEquals(first, issued(vic, assertion).token());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertNotEquals(first, issued(vic, assertion).token());
    }

    @Test
    void for_an_assertion_that_has_ended_nothing_is_kept() {
        UserAssertion ended = new UserAssertion("assertion", NOW);
        assertNotEquals(issued(vic, ended).token(), issued(vic, ended).token());
    }

    @Test
    void many_who_want_the_same_token_at_once_share_one_exchange() throws Exception {
        server.answers(exchange -> {
            Thread.sleep(300);
            WireServer.send(
                    exchange, 200, "application/json", TokenWire.token("token-" + issued.incrementAndGet(), 3599));
        });
        UserAssertion assertion = assertionOf(vic);
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<String>> waiting = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                waiting.add(threads.submit(() -> issued(vic, assertion).token()));
            }
            for (Future<String> token : waiting) {
                assertEquals("token-1", token.get());
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(1, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void one_who_is_interrupted_leaves_at_once_and_harms_nobody_who_wants_the_same_token(int leaver) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        server.answers(exchange -> {
            asked.countDown();
            answered.await();
            WireServer.send(exchange, 200, "application/json", TokenWire.token("token", 3599));
        });
        UserAssertion assertion = assertionOf(vic);
        Asker first = new Asker(assertion);
        asked.await();
        Asker second = new Asker(assertion);
        second.waits();

        Asker leaving = List.of(first, second).get(leaver);
        leaving.thread.interrupt();

        assertEquals(UNAVAILABLE, leaving.delegation());
        assertTrue(leaving.stillInterrupted.get());
        answered.countDown();
        assertInstanceOf(
                Delegation.Issued.class, List.of(first, second).get(1 - leaver).delegation());
        assertEquals(1, server.requests().size());
    }

    /** Wants a token on a thread of its own. */
    private final class Asker {
        private final CompletableFuture<Delegation> answer = new CompletableFuture<>();
        private final AtomicBoolean stillInterrupted = new AtomicBoolean();
        private final Thread thread;

        Asker(UserAssertion assertion) {
            thread = new Thread(() -> {
                Delegation delegation = tokens.onBehalfOf(vic, assertion, FOUNDRY);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
                answer.complete(delegation);
            });
            thread.setDaemon(true);
            thread.start();
        }

        void waits() throws InterruptedException {
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(5);
            }
        }

        Delegation delegation() throws Exception {
            return answer.get(1, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, 65001, CONSENT_NEEDED",
        "invalid_grant, 65004, CONSENT_NEEDED",
        "invalid_grant, 90094, CONSENT_NEEDED",
        "invalid_grant, 90095, CONSENT_NEEDED",
        "consent_required, 12345, CONSENT_NEEDED",
        "interaction_required, 50076, STEP_UP_NEEDED",
        "interaction_required, 50079, STEP_UP_NEEDED",
        "invalid_grant, 50076, STEP_UP_NEEDED",
        "invalid_grant, 50078, STEP_UP_NEEDED",
        "interaction_required, 53003, STEP_UP_NEEDED",
        "login_required, 12345, STEP_UP_NEEDED",
        "invalid_grant, 50013, ASSERTION_REJECTED",
        "invalid_grant, 500131, ASSERTION_REJECTED",
        "invalid_grant, 500133, ASSERTION_REJECTED",
        "invalid_grant, 7000114, ASSERTION_REJECTED",
        "invalid_grant, 50173, ASSERTION_REJECTED",
        "invalid_grant, 50105, NOT_ASSIGNED",
        "invalid_scope, 70011, MISCONFIGURED",
        "invalid_resource, 500011, MISCONFIGURED",
        "invalid_client, 7000215, MISCONFIGURED",
        "invalid_client, 7000222, MISCONFIGURED",
        "invalid_client, 700027, MISCONFIGURED",
        "unauthorized_client, 700016, MISCONFIGURED",
        "invalid_target, 9010010, MISCONFIGURED",
        "invalid_target, 901002, MISCONFIGURED",
        "invalid_request, 90002, MISCONFIGURED",
        "invalid_client, 12345, MISCONFIGURED",
        "invalid_grant, 50196, UNAVAILABLE",
        "invalid_grant, 90006, UNAVAILABLE",
        "invalid_request, 90024, UNAVAILABLE",
        "invalid_grant, 90033, UNAVAILABLE",
        "invalid_request, 90055, UNAVAILABLE",
        "temporarily_unavailable, 12345, UNAVAILABLE",
        "something_new, 12345, UNAVAILABLE"
    })
    void every_code_is_told_by_what_a_person_can_do_about_it(String error, int code, String meaning) {
        server.answers(400, "application/json", TokenWire.error(error, code, ""));
        assertEquals(meant(meaning), tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        assertEquals(1, server.requests().size());
    }

    private static Delegation meant(String meaning) {
        return switch (meaning) {
            case "STEP_UP_NEEDED" -> new Delegation.StepUpNeeded(Optional.empty());
            case "UNAVAILABLE" -> UNAVAILABLE;
            default -> new Delegation.Refused(Failure.valueOf(meaning));
        };
    }

    @Test
    void what_a_stronger_sign_in_must_bring_along_is_passed_on_as_it_came() {
        server.answers(400, "application/json", TokenWire.stepUp(TokenWire.CLAIMS));
        assertEquals(
                new Delegation.StepUpNeeded(Optional.of(new ClaimsChallenge(TokenWire.CLAIMS))),
                tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "[]", "{", "{\"a\":}", "LONG"})
    void a_claims_challenge_that_is_none_is_left_out(String claims) {
        String sent = claims.equals("LONG") ? "{\"a\":\"" + "x".repeat(4096) + "\"}" : claims;
        server.answers(400, "application/json", TokenWire.stepUp(sent));
        assertEquals(new Delegation.StepUpNeeded(Optional.empty()), tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
    }

    @Test
    void a_failure_is_logged_by_its_code_and_without_tokens_or_texts() {
        try (LogLines log = new LogLines()) {
            server.answers(400, "application/json", TokenWire.error("invalid_grant", 50105, ""));
            tokens.onBehalfOf(vic, new UserAssertion("marker-of-the-assertion", Instant.MAX), FOUNDRY);
            server.answers(200, "text/html", "marker-of-the-body");
            tokens.onBehalfOf(vic, new UserAssertion("marker-of-the-assertion", Instant.MAX), FOUNDRY);
            server.answers(400, "application/json", TokenWire.stepUp(TokenWire.CLAIMS));
            tokens.onBehalfOf(vic, new UserAssertion("marker-of-the-assertion", Instant.MAX), FOUNDRY);
            assertTrue(log.text().contains("NOT_ASSIGNED, HTTP 400, AADSTS 50105, correlation id c0c0"), log.text());
            assertTrue(log.text().contains("STEP_UP_NEEDED, HTTP 400, AADSTS 50076"), log.text());
            assertFalse(log.text().contains("marker"), log.text());
            assertFalse(log.text().contains("vic@contoso.example"), log.text());
            assertFalse(log.text().contains(SECRET), log.text());
        }
    }

    @Test
    void a_correlation_id_that_is_none_is_not_logged() {
        try (LogLines log = new LogLines()) {
            String error = TokenWire.error("invalid_grant", 50105, "");
            server.answers(400, "application/json", error.replace("c0c0", "forged\\nline"));
            tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY);
            assertTrue(log.text().contains("AADSTS 50105"), log.text());
            assertFalse(log.text().contains("forged"), log.text());
        }
    }

    @Test
    void a_code_that_stands_in_the_text_alone_is_found() {
        server.answers(
                400, "application/json", "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50105: Sorry.\"}");
        assertEquals(new Delegation.Refused(Failure.NOT_ASSIGNED), tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void an_endpoint_that_is_overloaded_or_unwell_is_unavailable_whatever_it_says(int status) {
        server.answers(status, "application/json", TokenWire.error(new Delegation.Refused(Failure.MISCONFIGURED)));
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Welcome to the hotel</html>",
                "[]",
                "{\"token_type\":\"Bearer\"",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599}",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":7}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"token\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":0,\"access_token\":\"token\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"token\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":1e999999999,\"access_token\":\"token\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":-1,\"access_token\":\"token\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"two lines\\r\\nX: y\"}",
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t\u00f6ken\"}",
                "{\"token_type\":\"pop\",\"expires_in\":3599,\"access_token\":\"token\"}"
            })
    void an_answer_that_holds_no_token_is_none(String body) {
        server.answers(200, "application/json", body);
        assertUnavailable();
    }

    @Test
    void an_answer_that_is_just_not_too_long_is_read_and_a_longer_one_is_not() {
        String token = TokenWire.token("token", 3599);
        server.answers(200, "application/json", token + " ".repeat(64 * 1024 - token.length()));
        issued(vic, assertionOf(vic));
        server.answers(200, "application/json", token + " ".repeat(64 * 1024 - token.length() + 1));
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/jsonp", ""})
    void an_answer_that_does_not_call_itself_json_is_none(String type) {
        server.answers(200, "application/json;charset=UTF-8", TokenWire.token("token", 3599));
        issued(vic, assertionOf(vic));
        server.answers(200, type, TokenWire.token("token", 3599));
        assertUnavailable();
        server.answers(400, type, TokenWire.error("invalid_grant", 50105, ""));
        assertUnavailable();
    }

    @Test
    void an_error_that_names_none_is_none() {
        server.answers(400, "application/json", "{\"error_codes\":[50105]}");
        assertUnavailable();
    }

    @Test
    void an_answer_that_drips_is_given_up() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        });
        long begin = System.nanoTime();
        assertUnavailable();
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 6);
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
        });
        assertUnavailable();
    }

    @ParameterizedTest
    @CsvSource({
        "500, '', 2",
        "503, '', 2",
        "503, 1, 2",
        "503, 3, 1",
        "429, 1, 2",
        "429, 3, 1",
        "429, '', 1",
        "429, soon, 1",
        "400, 1, 1"
    })
    void what_passes_in_a_moment_is_tried_once_more(int status, String retryAfter, int requests) {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            WireServer.send(exchange, status, "application/json", TokenWire.error("temporarily_unavailable", 0, ""));
        });
        assertInstanceOf(Delegation.Unavailable.class, tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        assertEquals(requests, server.requests().size());
    }

    @Test
    void a_moment_later_there_may_be_a_token() {
        server.answers(exchange -> {
            server.answers(200, "application/json", TokenWire.token("token", 3599));
            WireServer.send(exchange, 503, "text/plain", "busy");
        });
        issued(vic, assertionOf(vic));
        assertEquals(2, server.requests().size());
    }

    @Test
    void how_long_to_wait_is_told_and_kept_to_for_half_a_minute_at_most() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            WireServer.send(exchange, 429, "application/json", TokenWire.error("temporarily_unavailable", 90055, ""));
        });
        Delegation busy = new Delegation.Unavailable(Optional.of(Duration.ofSeconds(60)));
        UserAssertion assertion = assertionOf(vic);
        assertEquals(busy, tokens.onBehalfOf(vic, assertion, FOUNDRY));
        issueTokens();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertEquals(busy, tokens.onBehalfOf(vic, assertion, FOUNDRY));
        issued(ada, assertionOf(ada));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        issued(vic, assertion);
    }

    @Test
    void an_endpoint_that_keeps_failing_is_left_alone_for_ten_seconds() {
        server.answers(503, "text/plain", "busy");
        for (int i = 0; i < 5; i++) {
            assertUnavailable();
        }
        int asked = server.requests().size();
        issueTokens();

        assertEquals(
                new Delegation.Unavailable(Optional.of(Duration.ofSeconds(10))),
                tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        assertEquals(asked, server.requests().size());
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        issued(vic, assertionOf(vic));
        issued(ada, assertionOf(ada));
        assertEquals(asked + 2, server.requests().size());
    }

    @Test
    void refusals_of_people_do_not_count_against_the_endpoint() {
        server.answers(400, "application/json", TokenWire.error("invalid_grant", 50013, ""));
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    new Delegation.Refused(Failure.ASSERTION_REJECTED),
                    tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        }
        issueTokens();
        issued(vic, assertionOf(vic));
    }

    @Test
    void an_answer_nested_too_deeply_is_none() {
        server.answers(200, "application/json", "[".repeat(60_000));
        assertUnavailable();
    }

    @Test
    void a_redirect_is_not_followed() {
        server.answers(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", server.address("/elsewhere").toString());
            exchange.sendResponseHeaders(307, -1);
        });
        assertUnavailable();
        assertEquals(1, server.requests().size());
    }

    @Test
    void an_endpoint_that_is_too_slow_is_unavailable_and_not_asked_again() {
        server.answers(exchange -> Thread.sleep(10_000));
        long begin = System.nanoTime();
        assertUnavailable();
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 6);
        assertEquals(1, server.requests().size());
    }

    private EntraDelegatedTokens proving(URI endpoint, ClientAuthentication client) {
        return new EntraDelegatedTokens(
                new EntraSettings(endpoint, API, new ClientCredential.Secret("not-used")),
                client,
                Clock.fixed(NOW, ZoneOffset.UTC),
                nanos::get,
                Duration.ofSeconds(2));
    }

    @Test
    void an_endpoint_that_is_away_is_tried_twice_and_unavailable() {
        AtomicInteger attempts = new AtomicInteger();
        EntraDelegatedTokens away = proving(
                URI.create("http://localhost:" + LocalPorts.free().entra() + "/token"),
                deadline -> Map.of("client_secret", "secret-" + attempts.incrementAndGet()));
        assertEquals(UNAVAILABLE, away.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        assertEquals(2, attempts.get());
    }

    @Test
    void a_token_that_stands_for_the_client_is_sent_in_the_place_of_a_secret() {
        IdentityToken identity = new IdentityToken("the-identity", NOW.plusSeconds(3600));
        EntraDelegatedTokens federated = proving(
                server.address("/token"),
                new ManagedIdentityAssertion(
                        () -> CompletableFuture.completedFuture(identity), Clock.fixed(NOW, ZoneOffset.UTC)));
        federated.onBehalfOf(vic, new UserAssertion("the-assertion", Instant.MAX), FOUNDRY);
        assertEquals(
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "client_id", API.value(),
                        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion", "the-identity",
                        "assertion", "the-assertion",
                        "scope", "https://ai.azure.com/.default",
                        "requested_token_use", "on_behalf_of"),
                TokenWire.form(server.requests().get(0).body()));
    }

    @Test
    void without_a_credential_nothing_is_sent_and_an_operator_is_told_why() {
        try (LogLines log = new LogLines()) {
            EntraDelegatedTokens unusable = proving(server.address("/token"), deadline -> {
                throw new UnusableCredentialException("must name a file that can be read");
            });
            assertEquals(
                    new Delegation.Refused(Failure.MISCONFIGURED), unusable.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
            assertTrue(log.text().contains("our own credential, which must name a file"), log.text());
        }
        assertEquals(0, server.requests().size());
    }

    @Test
    void a_credential_that_is_not_there_for_now_is_waited_for() {
        EntraDelegatedTokens waiting = proving(server.address("/token"), deadline -> {
            throw new IOException("not now");
        });
        assertEquals(UNAVAILABLE, waiting.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
        assertEquals(0, server.requests().size());
    }

    @Test
    void a_secret_is_never_sent_in_the_clear_to_another_machine() {
        URI plain = URI.create("http://login.example/token");
        assertThrows(
                IllegalArgumentException.class,
                () -> new EntraSettings(plain, API, new ClientCredential.Secret(SECRET)));
        assertThrows(IllegalArgumentException.class, () -> new ClientCredential.Secret(" "));
    }

    private void assertUnavailable() {
        assertEquals(UNAVAILABLE, tokens.onBehalfOf(vic, assertionOf(vic), FOUNDRY));
    }
}
