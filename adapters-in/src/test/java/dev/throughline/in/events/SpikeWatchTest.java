package dev.throughline.in.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of refusals in a moment: a clock that goes by seconds, and a look every ten of them, as in the server. */
class SpikeWatchTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    private static final int HOUR = 3600;

    private Instant now = BEGIN;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SpikeWatch watch = new SpikeWatch(clock);
    private final List<Spike> told = new ArrayList<>();

    /** Lets seconds pass, in each of which so many are refused. */
    private void pass(int seconds, IntUnaryOperator refusals) {
        for (int second = 0; second < seconds; second++) {
            int count = refusals.applyAsInt(second);
            for (int i = 0; i < count; i++) {
                watch.count("signature_invalid");
            }
            now = now.plusSeconds(1);
            if (Duration.between(BEGIN, now).toSeconds() % 10 == 0) {
                watch.look().ifPresent(told::add);
            }
        }
    }

    private void quiet(int seconds) {
        pass(seconds, second -> 0);
    }

    /** One per cent of 200 requests a second, as chance has it. */
    private static IntUnaryOperator noise(long seed) {
        Random chance = new Random(seed);
        return second -> {
            int refused = 0;
            for (int request = 0; request < 200; request++) {
                refused += chance.nextInt(100) == 0 ? 1 : 0;
            }
            return refused;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 19, 61, 299, 300, 301, HOUR, 5 * HOUR + 7})
    void a_spike_is_told_within_a_minute_whenever_it_comes(int after) {
        quiet(after);
        pass(1, second -> 21);
        quiet(59);

        assertEquals(1, told.stream().filter(spike -> spike.end().isEmpty()).count());
        assertEquals(21, told.get(0).count());
        assertEquals(20, told.get(0).limit());
        assertEquals(Map.of("signature_invalid", 21L), told.get(0).reasons());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 301, HOUR})
    void twenty_are_no_spike(int after) {
        quiet(after);
        pass(1, second -> 20);
        quiet(HOUR);

        assertEquals(List.of(), told);
    }

    @Test
    void a_spike_is_one_event_when_it_begins_and_one_when_it_is_over() {
        quiet(HOUR);
        pass(60, second -> 1);
        quiet(HOUR);

        assertEquals(2, told.size());
        assertEquals(BEGIN.plusSeconds(HOUR), told.get(0).start());
        assertEquals(Optional.empty(), told.get(0).end());
        assertEquals(BEGIN.plusSeconds(HOUR), told.get(1).start());
        assertEquals(Optional.of(BEGIN.plusSeconds(HOUR + 60)), told.get(1).end());
        assertEquals(60, told.get(1).count());
        assertFalse(watch.isOpen());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void steady_noise_is_none(long seed) {
        pass(2 * HOUR, noise(seed));

        assertEquals(List.of(), told);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void noise_that_grows_slowly_is_none(int atTheEnd) {
        pass(2 * HOUR, second -> (int) ((long) atTheEnd * (second + 1) / (2 * HOUR) + (second % 3) / 2));

        assertEquals(List.of(), told);
    }

    @Test
    void on_noise_a_spike_is_what_exceeds_five_times_the_usual() {
        pass(2 * HOUR, second -> 2);
        pass(300, second -> 9);
        assertEquals(List.of(), told);
        quiet(2 * HOUR);
        pass(2 * HOUR, second -> 2);
        told.clear();

        pass(300, second -> 11);

        assertEquals(1, told.size());
        assertEquals(600, told.get(0).baseline());
        assertEquals(3000, told.get(0).limit());
        assertTrue(told.get(0).count() > 3000);
    }

    @Test
    void the_return_of_the_usual_ends_a_spike_on_noise() {
        pass(2 * HOUR, second -> 2);
        pass(60, second -> 100);
        pass(600, second -> 2);

        assertEquals(2, told.size());
        assertEquals(BEGIN.plusSeconds(2 * HOUR), told.get(1).start());
        assertEquals(Optional.of(BEGIN.plusSeconds(2 * HOUR + 60)), told.get(1).end());
        assertEquals(6000, told.get(1).count());
    }

    @Test
    void an_attack_that_goes_on_is_one_spike_until_it_has_become_usual() {
        quiet(HOUR);
        pass(4 * HOUR, second -> 3);

        assertEquals(2, told.size());
        assertEquals(Optional.of(BEGIN.plusSeconds(2 * HOUR)), told.get(1).end().map(SpikeWatchTest::toMinute));
    }

    private static Instant toMinute(Instant instant) {
        return instant.plusSeconds(30).truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
    }

    @Test
    void what_happened_more_than_an_hour_before_is_forgotten() {
        pass(300, second -> 100);
        quiet(HOUR + 300);
        told.clear();

        pass(21, second -> 1);
        quiet(10);

        assertEquals(1, told.size());
        assertEquals(0, told.get(0).baseline());
    }

    @Test
    void who_was_away_for_long_begins_anew() {
        pass(300, second -> 2);
        now = now.plus(Duration.ofDays(400));
        pass(10, second -> 0);

        pass(21, second -> 1);
        quiet(10);

        assertEquals(1, told.size());
        assertEquals(21, told.get(0).count());
        assertEquals(0, told.get(0).baseline());
    }

    @Test
    void a_clock_that_is_put_back_loses_nothing() {
        quiet(HOUR);
        now = now.minusSeconds(HOUR / 2);
        pass(1, second -> 21);

        watch.look().ifPresent(told::add);
        assertEquals(1, told.size());
    }

    @Test
    void the_leading_reasons_are_told_and_never_more_than_five_of_them() {
        quiet(HOUR);
        for (int reason = 0; reason < 1000; reason++) {
            watch.count("reason_" + reason);
        }
        for (int i = 0; i < 3000; i++) {
            watch.count("reason_7");
        }

        Map<String, Long> reasons = watch.look().orElseThrow().reasons();

        assertEquals(5, reasons.size());
        assertEquals(List.of("reason_7", "other"), List.copyOf(reasons.keySet()).subList(0, 2));
        assertEquals(3001, reasons.get("reason_7"));
        assertEquals(1000 - RefusalCounts.MOST_REASONS, reasons.get("other"));
    }
}
