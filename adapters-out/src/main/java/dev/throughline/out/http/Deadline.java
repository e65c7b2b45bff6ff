package dev.throughline.out.http;

import java.time.Duration;

/** The moment until which something must have happened, on the monotonic clock. */
public final class Deadline {
    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** So long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Whichever of the two passes first. */
    public Deadline orEarlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    /** What is left, in nanoseconds; 0 once it has passed. */
    public long remainingNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}
