package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.out.entra.CircuitBreaker.Sign;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
    private static final Optional<Duration> NOT = Optional.empty();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final CircuitBreaker breaker = new CircuitBreaker(nanos::get);

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            breaker.report(Sign.UNWELL, NOT);
        }
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void four_failures_in_a_row_bar_nobody_and_the_fifth_does() {
        fails(4);
        assertEquals(NOT, breaker.barred());
        fails(1);
        assertEquals(Optional.of(Duration.ofSeconds(10)), breaker.barred());
    }

    @Test
    void a_success_in_between_begins_the_count_anew() {
        fails(4);
        breaker.report(Sign.WELL, NOT);
        fails(4);
        assertEquals(NOT, breaker.barred());
    }

    @Test
    void what_shows_nothing_counts_for_nothing() {
        fails(4);
        breaker.report(Sign.NONE, NOT);
        assertEquals(NOT, breaker.barred());
        fails(1);
        breaker.report(Sign.NONE, NOT);
        assertEquals(Optional.of(Duration.ofSeconds(10)), breaker.barred());
    }

    @Test
    void after_the_rest_one_may_try_and_the_others_wait_for_what_comes_of_it() {
        fails(5);
        passes(Duration.ofSeconds(10).minusNanos(1));
        assertEquals(Optional.of(Duration.ofNanos(1)), breaker.barred());
        passes(Duration.ofNanos(1));
        assertEquals(NOT, breaker.barred());
        assertEquals(Optional.of(Duration.ofSeconds(1)), breaker.barred());

        breaker.report(Sign.WELL, NOT);

        assertEquals(NOT, breaker.barred());
        assertEquals(NOT, breaker.barred());
    }

    @Test
    void a_try_that_fails_bars_for_another_rest() {
        fails(5);
        passes(Duration.ofSeconds(10));
        assertEquals(NOT, breaker.barred());
        fails(1);
        assertEquals(Optional.of(Duration.ofSeconds(10)), breaker.barred());
    }

    @Test
    void a_try_that_shows_nothing_is_left_to_the_next() {
        fails(5);
        passes(Duration.ofSeconds(10));
        assertEquals(NOT, breaker.barred());
        breaker.report(Sign.NONE, NOT);
        assertEquals(NOT, breaker.barred());
        assertEquals(Optional.of(Duration.ofSeconds(1)), breaker.barred());
    }

    @Test
    void those_who_were_on_their_way_do_not_prolong_the_rest() {
        fails(5);
        passes(Duration.ofSeconds(4));
        fails(3);
        assertEquals(Optional.of(Duration.ofSeconds(6)), breaker.barred());
    }

    @ParameterizedTest
    @CsvSource({"3, 10", "30, 30", "3600, 60"})
    void the_endpoint_may_ask_for_a_longer_rest_within_reason(long told, long rest) {
        fails(4);
        breaker.report(Sign.UNWELL, Optional.of(Duration.ofSeconds(told)));
        assertEquals(Optional.of(Duration.ofSeconds(rest)), breaker.barred());
    }
}
