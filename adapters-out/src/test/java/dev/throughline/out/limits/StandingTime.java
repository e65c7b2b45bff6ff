package dev.throughline.out.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A time that stands until it is moved. */
final class StandingTime implements TimeMeter {
    private final AtomicLong nanos =
            new AtomicLong(Duration.ofMillis(System.currentTimeMillis()).toNanos());

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long currentTimeNanos() {
        return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
