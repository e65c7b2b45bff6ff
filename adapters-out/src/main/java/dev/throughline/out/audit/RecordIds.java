package dev.throughline.out.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ids of records (UUIDv7, RFC 9562 section 5.7), each greater than all before it, so that their order is that in which
 * they were made here; between instances it is as good as their clocks.
 */
final class RecordIds {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000000000000000L;
    private static final int FRACTION_BITS = 12;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int TIME_SHIFT = 16;

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Long> last = new AtomicReference<>(0L);

    /** The id of a record made at this moment. */
    UUID next(Instant at) {
        // Milliseconds and, as method 3 of section 6.2 allows, as much of the fraction as fits behind the version.
        long fraction = at.getNano() % NANOS_OF_MILLI * (1L << FRACTION_BITS) / NANOS_OF_MILLI;
        long now = at.toEpochMilli() << FRACTION_BITS | fraction;
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = tick >>> FRACTION_BITS << TIME_SHIFT | VERSION | tick & (1L << FRACTION_BITS) - 1;
        return new UUID(high, VARIANT | random.nextLong() >>> 2);
    }
}
