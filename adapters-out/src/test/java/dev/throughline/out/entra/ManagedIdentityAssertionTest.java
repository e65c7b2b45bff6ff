package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.out.http.Deadline;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ManagedIdentityAssertionTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T16:00:00Z");

    private final List<CompletableFuture<IdentityToken>> asked = new CopyOnWriteArrayList<>();
    private final MovingClock clock = new MovingClock();
    private final ManagedIdentityAssertion assertion = new ManagedIdentityAssertion(this::next, clock);

    /** A clock that a test moves. */
    private static final class MovingClock extends Clock {
        private volatile Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private CompletableFuture<IdentityToken> next() {
        CompletableFuture<IdentityToken> token = new CompletableFuture<>();
        asked.add(token);
        return token;
    }

    private void issue() {
        int last = asked.size() - 1;
        asked.get(last)
                .complete(new IdentityToken("token-" + last, clock.instant().plus(Duration.ofHours(24))));
    }

    private Future<Map<String, String>> wanted(ExecutorService threads) {
        return threads.submit(() -> assertion.fields(Deadline.in(Duration.ofSeconds(10))));
    }

    private static String token(ManagedIdentityAssertion assertion) throws Exception {
        return assertion.fields(Deadline.in(Duration.ofMillis(50))).get("client_assertion");
    }

    @Test
    void nothing_is_asked_for_before_it_is_needed_and_then_once_for_all() throws Exception {
        assertEquals(0, asked.size());
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<Map<String, String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                waiting.add(wanted(threads));
            }
            while (asked.isEmpty()) {
                Thread.sleep(5);
            }
            issue();
            for (Future<Map<String, String>> fields : waiting) {
                assertEquals(
                        Map.of(
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                "token-0"),
                        fields.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, asked.size());
    }

    @Test
    void a_token_is_used_until_five_minutes_before_its_end() throws Exception {
        ManagedIdentityAssertion prompt = new ManagedIdentityAssertion(
                () -> {
                    next();
                    issue();
                    return asked.get(asked.size() - 1);
                },
                clock);
        assertEquals("token-0", token(prompt));
        clock.now =
                BEGIN.plus(Duration.ofHours(24)).minus(Duration.ofMinutes(5)).minusMillis(1);
        assertEquals("token-0", token(prompt));
        clock.now = clock.now.plusMillis(1);
        assertEquals("token-1", token(prompt));
        assertEquals("token-1", token(prompt));
    }

    @Test
    void a_token_that_does_not_come_in_time_is_not_waited_for_by_those_who_come_later() throws Exception {
        assertThrows(IOException.class, () -> token(assertion));
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            Future<Map<String, String>> second = wanted(threads);
            while (asked.size() < 2) {
                Thread.sleep(5);
            }
            issue();
            assertEquals("token-1", second.get().get("client_assertion"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_failure_is_told_and_not_kept() {
        ManagedIdentityAssertion failing = new ManagedIdentityAssertion(
                () -> {
                    asked.add(CompletableFuture.failedFuture(new IOException("not now")));
                    return asked.get(asked.size() - 1);
                },
                clock);
        for (int i = 0; i < 2; i++) {
            IOException e = assertThrows(IOException.class, () -> failing.fields(Deadline.in(Duration.ofSeconds(1))));
            assertEquals("not now", e.getCause().getMessage());
        }
        assertEquals(2, asked.size());
    }

    @Test
    void what_only_an_operator_can_mend_is_told_as_such() {
        UnusableCredentialException unusable = new UnusableCredentialException("is not ours");
        ManagedIdentityAssertion refused =
                new ManagedIdentityAssertion(() -> CompletableFuture.failedFuture(unusable), clock);
        assertSame(
                unusable,
                assertThrows(
                        UnusableCredentialException.class, () -> refused.fields(Deadline.in(Duration.ofSeconds(1)))));
    }
}
