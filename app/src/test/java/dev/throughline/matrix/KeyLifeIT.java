package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.Running;
import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of keys as callers see it: a server of its own, with the real clock, whose key address is in the hand of the
 * test. The steps are in the order of one story, since the server asks for keys but once in half a minute.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyLifeIT {
    private static final int FLOOD = Integer.getInteger("throughline.flood", 600);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Set<Door> ONE_OF_EACH = EnumSet.of(Door.LIST, Door.TOOL, Door.CHAT);

    private final LocalStack main = Running.stack();
    private final KeyServer keys = KeyServer.start();
    private final Signer first = Signer.of("first", 2048);
    private final Signer second = Signer.of("second", 2048);
    private final Signer staying = Signer.of("staying", 2048);
    private final Signer weak = Signer.of("weak", 1024);
    private final Signer twice = Signer.of("twice", 2048);
    private final Signer twin = Signer.of("twice", 2048);
    private final Signer foreign = Signer.of("foreign", 2048);
    private final Signer leaked = Signer.of("leaked", 2048);
    private final Signer encrypting = Signer.of("encrypting", 2048);
    private final Signer other = Signer.of("other-algorithm", 2048);
    private final Record record = new Record("keys");
    private final LocalStack server = Running.beside(main, "keys", Map.of("AUTH_JWKS_URL", keys.address()));
    private final Client client = new Client(server.ports().web());
    private final Metrics metrics = new Metrics(client);
    private final Refusal refusal =
            new Refusal("http://localhost:" + server.ports().web());

    @AfterAll
    void stop() {
        server.close();
        keys.close();
        record.write();
    }

    @Test
    @Order(1)
    void a_start_without_keys_is_told_as_such_and_mends_itself() {
        keys.publish(List.of(first.published(), staying.published()));
        keys.answerWith(500);
        CompletableFuture<Void> start = CompletableFuture.runAsync(server::start);
        String token = first.sign(person());
        await(Duration.ofMinutes(3), () -> answers(token));

        assertEquals(503, client.get("/health/ready").status());
        assertRefused("keys_unavailable", token);
        passed(KeyLifeCases.COLD);
        client.knock(ONE_OF_EACH, Presentation.of("Authorization: Bearer " + token, "Authorization: Bearer " + token))
                .forEach((door, answer) -> refusal.assertRefused("ambiguous", answer));
        assertRefused("keys_unavailable", token);
        passed(KeyLifeCases.COLD_HEADERS);

        keys.answerWith(200);
        await(Duration.ofSeconds(5), () -> client.get("/health/ready").status() == 200);
        start.join();
        assertLetIn(token);
        passed(KeyLifeCases.RECOVERS);
    }

    @Test
    @Order(2)
    void a_flood_of_unknown_keys_causes_one_fetch_in_half_a_minute_at_most() {
        GoodCaller good = GoodCaller.start(client, people());
        int before = keys.fetches();
        Map<String, Integer> counted = metrics.rejections();
        long begin = System.nanoTime();

        Set<String> answers = flood(FLOOD);

        long halfMinutes = Duration.ofNanos(System.nanoTime() - begin).dividedBy(BETWEEN_FETCHES);
        int fetched = keys.fetches() - before;
        assertTrue(fetched <= 1 + halfMinutes, fetched + " fetches in " + halfMinutes + " half minutes");
        assertEquals(Set.of("401 invalid_token"), answers);
        good.assertNeverWaited();
        assertEquals(
                FLOOD,
                Metrics.between(counted, metrics.rejections()).get("key_unknown rest"),
                "Each of them is counted");
        passed(KeyLifeCases.FLOOD);
    }

    @Test
    @Order(3)
    void keys_that_must_not_sign_are_left_out_while_good_ones_beside_them_count() {
        Map<String, Integer> faults = metrics.rejectedKeys();
        keys.publish(published());
        String token = second.sign(person());
        await(
                Duration.ofSeconds(60),
                () -> client.knock(Door.LIST, Presentation.bearing(token)).status() == 200);
        passed(KeyLifeCases.NEW_KEY);

        assertLetIn(token);
        for (Signer bad : List.of(weak, twice, twin, foreign, leaked, encrypting, other)) {
            assertRefused("key_unknown", bad.sign(person()));
        }
        Map<String, Integer> more = Metrics.between(faults, metrics.rejectedKeys());
        int rounds = more.get("other_issuer");
        assertEquals(
                Map.of(
                        "weak", 2 * rounds,
                        "unreadable", rounds,
                        "private", rounds,
                        "duplicate_id", rounds,
                        "other_use", rounds,
                        "other_algorithm", rounds,
                        "not_rsa", rounds,
                        "other_issuer", rounds),
                more);
        for (Case left : List.of(
                KeyLifeCases.WEAK,
                KeyLifeCases.EXPONENT,
                KeyLifeCases.ROCA,
                KeyLifeCases.PRIVATE,
                KeyLifeCases.DUPLICATE,
                KeyLifeCases.OTHER_USE,
                KeyLifeCases.OTHER_TENANT)) {
            passed(left);
        }
    }

    @Test
    @Order(4)
    void a_slow_issuer_is_waited_for_by_nobody_whose_key_is_known() {
        keys.answerAfter(Duration.ofSeconds(10));
        GoodCaller good = GoodCaller.start(client, people());
        int before = keys.fetches();
        int failed = metrics.refreshes().getOrDefault("failed", 0);
        await(Duration.ofSeconds(60), () -> {
            flood(16);
            return keys.fetches() > before;
        });
        await(Duration.ofSeconds(10), () -> {
            flood(16);
            return metrics.refreshes().getOrDefault("failed", 0) > failed;
        });

        good.assertNeverWaited();
        passed(KeyLifeCases.SLOW);
        assertLetIn(first.sign(person()));
        assertRefused(
                "key_unknown", Signer.of("unknown-" + UUID.randomUUID(), 2048).sign(person()));
        assertEquals(200, client.get("/health/ready").status());
        passed(KeyLifeCases.OUTAGE);
    }

    @Test
    @Order(5)
    void a_key_that_was_taken_away_is_out_within_a_minute() {
        keys.answerAfter(Duration.ZERO);
        Signer reused = new Signer(second.id(), Strangers.pair(2048));
        String remembered = first.sign(person());
        String old = second.sign(person());
        GoodCaller good = GoodCaller.start(client, people());
        assertLetIn(remembered);
        assertLetIn(old);

        keys.publish(List.of(reused.published(), staying.published()));
        await(
                Duration.ofSeconds(60),
                () -> client.knock(Door.LIST, Presentation.bearing(remembered)).status() == 401);

        assertRefused("key_unknown", remembered);
        assertRefused("key_unknown", first.sign(person()));
        passed(KeyLifeCases.REVOKED);
        passed(KeyLifeCases.REMEMBERED);
        assertRefused("signature_invalid", old);
        passed(KeyLifeCases.REUSED);
        assertLetIn(reused.sign(person()));
        passed(KeyLifeCases.EMERGENCY);
        good.assertNeverWaited();
        passed(KeyLifeCases.OVERLAP);
    }

    @Test
    @Order(6)
    void why_a_token_was_refused_cannot_be_told_by_the_time_it_took() {
        TokenDraft good = person();
        Timing times = new Timing(client);
        times.measure("signature", staying.sign(good).replaceFirst("[^.]{8}$", "AAAAAAAA"));
        times.measure("key", Signer.of("unknown", 2048).sign(good));
        times.measure("audience", staying.sign(good.with("aud", "other")));

        times.assertSimilar(Duration.ofMillis(10));
        passed(KeyLifeCases.TIMING);
    }

    private List<Map<String, Object>> published() {
        List<Map<String, Object>> all = new ArrayList<>(List.of(
                first.published(),
                second.published(),
                staying.published(),
                weak.published(),
                twice.published(),
                twin.published(),
                foreign.published("issuer", "http://localhost/" + Good.PREFIX + "02/v2.0"),
                leaked.published("d", "AQAB"),
                encrypting.published("use", "enc"),
                other.published("alg", "RS512"),
                Map.of("kty", "oct", "kid", "secret", "k", "AAAA")));
        BigInteger modulus =
                ((java.security.interfaces.RSAPublicKey) staying.pair().getPublic()).getModulus();
        all.add(PublicKeys.published("exponent", modulus, BigInteger.ONE));
        all.add(PublicKeys.published("roca", Roca.modulus(), BigInteger.valueOf(65537)));
        return all;
    }

    /** Unknown key ids, each its own, from 16 threads. */
    private Set<String> flood(int tokens) {
        TokenDraft draft = person();
        return Flood.of(16, tokens, () -> {
            Answer answer = client.knock(
                    Door.LIST,
                    Presentation.bearing(draft.header("kid", UUID.randomUUID().toString())
                            .signedWith(input -> new byte[256])
                            .sign()));
            return answer.status() + " " + answer.reason();
        });
    }

    /** Whether the gate is there at all. */
    private boolean answers(String token) {
        try {
            return client.knock(Door.LIST, Presentation.bearing(token)).reason().equals("unavailable");
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private void assertLetIn(String token) {
        client.knock(ONE_OF_EACH, Presentation.bearing(token))
                .forEach((door, answer) -> assertTrue(door.isOpen(answer), door + " " + answer));
    }

    private void assertRefused(String reason, String token) {
        Map<String, Integer> before = metrics.rejections();
        client.knock(ONE_OF_EACH, Presentation.bearing(token))
                .forEach((door, answer) -> refusal.assertRefused(reason, answer));
        assertEquals(
                Map.of(reason + " rest", 1, reason + " mcp", 1, reason + " chat", 1),
                Metrics.between(before, metrics.rejections()));
    }

    private void passed(Case done) {
        record.passed(done, ONE_OF_EACH, ONE_OF_EACH.size());
    }

    private List<String> people() {
        return Stream.generate(() -> staying.sign(person())).limit(40).toList();
    }

    private TokenDraft person() {
        return Good.asNewPerson(main.entra().tokens().user("ada"));
    }

    private static void await(Duration atMost, BooleanSupplier condition) {
        long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "It did not come true within " + atMost);
            sleep(Duration.ofMillis(250));
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
