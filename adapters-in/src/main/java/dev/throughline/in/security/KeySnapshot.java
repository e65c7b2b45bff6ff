package dev.throughline.in.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An issuer's keys as they were at one moment.
 *
 * @param keys the keys by their ids
 * @param fetchedAt when they were fetched
 */
record KeySnapshot(Map<String, SigningKey> keys, Instant fetchedAt) {
    Duration age(Instant now) {
        return Duration.between(fetchedAt, now);
    }
}
