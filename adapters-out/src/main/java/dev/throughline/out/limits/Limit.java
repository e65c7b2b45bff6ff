package dev.throughline.out.limits;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How much a budget is.
 *
 * @param perMinute how many requests it gains in a minute, spread evenly over it
 * @param burst how many it holds at most, and so how many can be made at once
 */
public record Limit(int perMinute, int burst) {
    private static final int MOST = 1_000_000;

    public Limit {
        if (perMinute < 1 || perMinute > MOST || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException("A limit's numbers are from 1 to " + MOST);
        }
    }

    /** A smaller one, of which two make this. */
    Limit half() {
        return new Limit(Math.max(1, perMinute / 2), Math.max(1, burst / 2));
    }

    /** How long it takes until an empty budget is full. */
    Duration refill() {
        return Duration.ofMinutes(burst).dividedBy(perMinute).plusMillis(1);
    }

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }
}
