package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How long refusals take, one after the other. */
final class Timing {
    private static final int CALLS = 150;

    private final Client client;
    private final Map<String, Duration> medians = new TreeMap<>();

    Timing(Client client) {
        this.client = client;
    }

    void measure(String what, String token) {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            Answer answer = client.knock(Door.LIST, Presentation.bearing(token));
            nanos[i] = System.nanoTime() - begin;
            assertEquals(401, answer.status(), answer.toString());
        }
        Arrays.sort(nanos);
        medians.put(what, Duration.ofNanos(nanos[CALLS / 2]));
    }

    /** Asserts that the medians are no further apart than that; on a machine that is busy they cannot be very near. */
    void assertSimilar(Duration within) {
        Duration least = medians.values().stream().min(Duration::compareTo).orElseThrow();
        Duration most = medians.values().stream().max(Duration::compareTo).orElseThrow();
        assertTrue(most.minus(least).compareTo(within) < 0, medians.toString());
    }
}
