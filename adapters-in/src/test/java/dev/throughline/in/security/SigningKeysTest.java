package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of an issuer's keys: rotation, revocation, outage, floods (section B.8 of the token matrix). */
class SigningKeysTest {
    private static final Duration RENEWED = Duration.ofSeconds(51);

    private final TestGate gate = TestGate.open();

    @Test
    void T257_ten_thousand_unknown_keys_from_sixteen_threads_cause_one_fetch_in_half_a_minute() throws Exception {
        assertLetIn();
        gate.clock.advance(Duration.ofSeconds(31));
        int before = gate.source.fetches();
        String[] tokens = IntStream.range(0, 100)
                .mapToObj(i -> gate.good().header("kid", "unknown-" + i).sign())
                .toArray(String[]::new);

        ExecutorService threads = Executors.newFixedThreadPool(16);
        TokenVerifier verifier = gate.verifier();
        IntStream.range(0, 10_000).forEach(i -> threads.execute(() -> rejection(verifier, tokens[i % tokens.length])));
        threads.shutdown();

        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(before + 1, gate.source.fetches());
        assertLetIn();
    }

    @Test
    void T257_a_flood_of_an_hour_causes_no_more_than_two_fetches_in_a_minute() {
        assertLetIn();
        int before = gate.source.fetches();
        TokenVerifier verifier = gate.verifier();
        // Nobody verifies what no key is known for.
        Draft unsigned = gate.good().signedWith(input -> new byte[256]);

        for (int second = 0; second < 3_600; second++) {
            gate.clock.advance(Duration.ofSeconds(1));
            rejection(verifier, unsigned.header("kid", "unknown-" + second).sign());
        }

        assertTrue(gate.source.fetches() - before <= 120, "fetches: " + (gate.source.fetches() - before));
    }

    @Test
    void T047_a_key_that_is_known_to_be_unknown_is_not_asked_for_again() {
        assertLetIn();
        gate.clock.advance(Duration.ofSeconds(31));
        String token = gate.good().header("kid", "unknown").sign();

        assertEquals(TokenRejection.KEY_UNKNOWN, rejection(gate.verifier(), token));
        int fetches = gate.source.fetches();
        gate.clock.advance(Duration.ofSeconds(31));
        assertEquals(TokenRejection.KEY_UNKNOWN, rejection(gate.verifier(), token));

        assertEquals(fetches, gate.source.fetches());
    }

    @Test
    void T258_nobody_with_a_known_key_waits_for_a_slow_issuer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(2);
        KeySource slow = () -> {
            asked.countDown();
            if (asked.getCount() == 0) {
                answer.await();
            }
            return gate.source.fetch();
        };
        ExecutorService background = Executors.newSingleThreadExecutor();
        KeyRing ring = new KeyRing(gate.settings, issuer -> slow, gate.metrics, gate.clock, background);
        TokenVerifier verifier = new TokenVerifier(GateRules.ALL, gate.settings, ring, gate.clock);
        try {
            awaitReady(ring);
            gate.clock.advance(RENEWED);
            String good = gate.good().sign();
            verifier.prove(good);
            assertTrue(asked.await(5, TimeUnit.SECONDS), "the issuer is being asked and does not answer");

            long begin = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                verifier.prove(good);
            }
            Duration each = Duration.ofNanos((System.nanoTime() - begin) / 1_000);

            assertTrue(each.toMillis() < 10, "a call took " + each);
            long unknown = System.nanoTime();
            assertEquals(
                    TokenRejection.KEY_UNKNOWN,
                    rejection(verifier, gate.good().header("kid", "unknown").sign()));
            assertTrue(Duration.ofNanos(System.nanoTime() - unknown).toMillis() < 2_000);
        } finally {
            answer.countDown();
            background.shutdownNow();
        }
    }

    @Test
    void T259_whatever_the_issuer_answers_instead_of_keys_the_last_good_ones_stay() {
        assertLetIn();
        for (String answer : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[null,1,\"x\",[]]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"AQAB",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"!\",\"e\":\"AQAB\"}]}",
                "<html>Sign in to the network</html>",
                "{\"keys\":[" + "{},".repeat(200) + "{}]}")) {
            gate.source.publishText(answer);
            gate.clock.advance(RENEWED);
            int before = gate.source.fetches();

            assertLetIn();

            assertEquals(before + 1, gate.source.fetches());
        }
        assertEquals(12, gate.metrics.count("refreshed failed"));
    }

    @Test
    void T260_known_keys_are_good_for_a_day_without_the_issuer_and_then_nobody_is_let_in() {
        assertLetIn();
        gate.source.goAway();
        gate.clock.advance(Duration.ofHours(24));
        assertLetIn();
        assertTrue(gate.keys.ready());

        gate.clock.advance(Duration.ofMinutes(1));

        assertEquals(
                TokenRejection.KEYS_UNAVAILABLE,
                rejection(gate.verifier(), gate.good().sign()));
        assertFalse(gate.keys.ready());
        gate.source.publish(List.of(RsaKeys.FIRST.published()));
        gate.clock.advance(RENEWED);
        assertLetIn();
        assertTrue(gate.keys.ready());
    }

    @Test
    void T261_before_the_first_keys_the_gate_is_not_ready_and_recovers_within_seconds() {
        gate.source.goAway();

        assertFalse(gate.keys.ready());
        assertEquals(
                TokenRejection.KEYS_UNAVAILABLE,
                rejection(gate.verifier(), gate.good().sign()));
        assertTrue(Double.isNaN(gate.metrics.age(TestGate.V2)));

        gate.source.publish(List.of(RsaKeys.FIRST.published()));
        gate.clock.advance(Duration.ofSeconds(2));
        assertTrue(gate.keys.ready());
        assertLetIn();
        assertEquals(0, gate.metrics.age(TestGate.V2));
    }

    @Test
    void T261_an_issuer_that_is_away_at_first_is_not_asked_by_every_caller() {
        gate.source.goAway();
        TokenVerifier verifier = gate.verifier();
        String token = gate.good().sign();

        for (int i = 0; i < 1_000; i++) {
            rejection(verifier, token);
        }

        assertEquals(1, gate.source.fetches());
    }

    @Test
    void T263_no_good_token_is_refused_while_keys_rotate() {
        TokenVerifier verifier = gate.verifier();
        String first = gate.good().sign();
        String second = gate.good().header("kid", "k2").signedBy(RsaKeys.SECOND).sign();
        gate.source.publish(List.of(RsaKeys.FIRST.published()));
        assertEquals("let in", outcome(verifier, first));

        gate.source.publish(List.of(RsaKeys.FIRST.published(), RsaKeys.SECOND.published()));
        for (int tick = 0; tick < 120; tick++) {
            gate.clock.advance(Duration.ofSeconds(1));
            assertEquals("let in", outcome(verifier, first));
        }
        for (int tick = 0; tick < 120; tick++) {
            assertEquals("let in", outcome(verifier, first));
            assertEquals("let in", outcome(verifier, second));
        }
        gate.source.publish(List.of(RsaKeys.SECOND.published()));
        for (int tick = 0; tick < 120; tick++) {
            gate.clock.advance(Duration.ofSeconds(1));
            assertEquals("let in", outcome(verifier, second));
        }
    }

    @Test
    void T264_a_key_that_was_not_announced_is_known_to_the_first_who_brings_it() {
        gate.source.publish(List.of(RsaKeys.FIRST.published()));
        assertLetIn();
        gate.clock.advance(Duration.ofSeconds(31));
        gate.source.publish(List.of(RsaKeys.SECOND.published()));

        assertLetIn(gate.verifier(), gate.good().header("kid", "k2").signedBy(RsaKeys.SECOND));
        assertEquals(
                TokenRejection.KEY_UNKNOWN,
                rejection(gate.verifier(), gate.good().sign()));
    }

    @Test
    void T264_a_key_that_is_brought_too_soon_after_a_fetch_is_known_half_a_minute_later() {
        gate.source.publish(List.of(RsaKeys.FIRST.published()));
        assertLetIn();
        gate.source.publish(List.of(RsaKeys.FIRST.published(), RsaKeys.SECOND.published()));
        Draft token = gate.good().header("kid", "k2").signedBy(RsaKeys.SECOND);
        assertEquals(TokenRejection.KEY_UNKNOWN, rejection(gate.verifier(), token.sign()));

        gate.clock.advance(Duration.ofSeconds(31));

        assertLetIn(gate.verifier(), token);
    }

    @Test
    void T073_a_key_that_was_taken_away_is_out_within_a_minute_though_nothing_else_happens() {
        for (int run = 0; run < 50; run++) {
            TestGate fresh = TestGate.open();
            assertLetIn(fresh.verifier(), fresh.good());
            fresh.source.publish(List.of(RsaKeys.SECOND.published()));

            Duration wait = Duration.ZERO;
            while (!renewed(fresh)) {
                fresh.clock.advance(Duration.ofMillis(250));
                wait = wait.plusMillis(250);
            }

            assertTrue(wait.toSeconds() <= 58, "it took " + wait);
            assertEquals(
                    TokenRejection.KEY_UNKNOWN,
                    rejection(fresh.verifier(), fresh.good().sign()));
        }
    }

    /** What the timer does: it renews the keys when they are due, whether or not anybody calls. */
    private static boolean renewed(TestGate gate) {
        SigningKeys keys = gate.keys.of(gate.settings.issuers().get(0));
        keys.renewIfDue();
        return gate.source.fetches() == 2;
    }

    @Test
    void T071_an_id_that_gets_a_new_key_does_not_keep_the_old_one() throws Exception {
        TokenProofs remembering = gate.remembering();
        String token = gate.good().sign();
        remembering.prove(token);
        remembering.prove(token);

        gate.source.publish(List.of(RsaKeys.SECOND.named("k1").published()));
        gate.clock.advance(RENEWED);

        assertEquals(TokenRejection.SIGNATURE_INVALID, rejection(remembering, token));
        assertLetIn(gate.verifier(), gate.good().signedBy(RsaKeys.SECOND));
    }

    @Test
    void T187_a_clock_that_jumps_changes_the_answer_only_as_the_time_does() {
        TokenProofs remembering = gate.remembering();
        String token = gate.good().sign();
        assertEquals("let in", outcome(remembering, token));

        gate.clock.advance(Duration.ofMinutes(-10));
        assertEquals("NOT_YET_VALID", outcome(remembering, token));
        assertEquals("NOT_YET_VALID", outcome(gate.verifier(), token));
        gate.clock.advance(Duration.ofMinutes(20));
        assertEquals("let in", outcome(remembering, token));
        assertEquals("let in", outcome(gate.verifier(), token));
        gate.clock.advance(Duration.ofMinutes(-20));
        assertEquals("NOT_YET_VALID", outcome(remembering, token));
    }

    @Test
    void the_timer_renews_keys_that_nobody_asks_for() throws Exception {
        ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
        gate.source.goAway();
        try (KeyRing ring = new KeyRing(gate.settings, issuer -> gate.source, gate.metrics, gate.clock, background)) {
            ring.start(background);
            await(() -> gate.source.fetches() == 1);
            gate.source.publish(List.of(RsaKeys.FIRST.published()));
            gate.clock.advance(Duration.ofSeconds(2));

            await(() -> gate.metrics.count("refreshed ok") == 1);
        } finally {
            background.shutdownNow();
        }
    }

    private void assertLetIn() {
        assertLetIn(gate.verifier(), gate.good());
    }

    private static void assertLetIn(TokenProofs proofs, Draft token) {
        assertEquals("let in", outcome(proofs, token.sign()));
    }

    private static String outcome(TokenProofs proofs, String token) {
        try {
            proofs.prove(token);
            return "let in";
        } catch (RejectedTokenException e) {
            return e.rejection().name();
        }
    }

    private static TokenRejection rejection(TokenProofs proofs, String token) {
        return assertThrows(RejectedTokenException.class, () -> proofs.prove(token))
                .rejection();
    }

    private static void awaitReady(KeyRing ring) throws InterruptedException {
        await(ring::ready);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "It does not happen");
            Thread.sleep(10);
        }
    }
}
