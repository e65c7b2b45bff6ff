package dev.throughline.out.entra;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Spares an endpoint that is down, and those who would wait for it. After five failures in a row nobody asks for ten
 * seconds; then one may try, and what comes of that decides for all.
 */
final class CircuitBreaker {
    private static final System.Logger LOG = System.getLogger(CircuitBreaker.class.getName());
    private static final int MOST_FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private State state = State.CLOSED;
    private int failures;
    private long restEnds;

    private enum State {
        /** All may ask. */
        CLOSED,
        /** Nobody may. */
        OPEN,
        /** One has been let through and is not back yet. */
        HALF_OPEN
    }

    /** What an exchange showed of the endpoint. */
    enum Sign {
        WELL,
        UNWELL,
        /** Nothing: it did not get that far. */
        NONE
    }

    CircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long not to ask; empty if one may, who must then report what it showed. */
    synchronized Optional<Duration> barred() {
        if (state == State.CLOSED) {
            return Optional.empty();
        }
        if (state == State.HALF_OPEN) {
            return Optional.of(TRIAL);
        }
        long left = restEnds - nanoTime.getAsLong();
        if (left > 0) {
            return Optional.of(Duration.ofNanos(left));
        }
        state = State.HALF_OPEN;
        return Optional.empty();
    }

    /** @param retryAfter how long the endpoint wants to be left alone, if it said so */
    synchronized void report(Sign sign, Optional<Duration> retryAfter) {
        switch (sign) {
            case WELL -> close();
            case UNWELL -> failed(retryAfter);
            case NONE -> {
                if (state == State.HALF_OPEN) {
                    open(Duration.ZERO);
                }
            }
        }
    }

    private void close() {
        if (state != State.CLOSED) {
            LOG.log(System.Logger.Level.INFO, "The token endpoint answers again");
        }
        state = State.CLOSED;
        failures = 0;
    }

    private void failed(Optional<Duration> retryAfter) {
        failures++;
        if (state == State.HALF_OPEN || state == State.CLOSED && failures >= MOST_FAILURES) {
            Duration rest = retryAfter.filter(told -> told.compareTo(REST) > 0).orElse(REST);
            open(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
            LOG.log(System.Logger.Level.WARNING, "The token endpoint is left alone for a while");
        }
    }

    private void open(Duration rest) {
        state = State.OPEN;
        restEnds = nanoTime.getAsLong() + rest.toNanos();
    }
}
