package dev.throughline.in.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the refusals of one status for spikes. In the words of the rule, "the five-minute rate is above max(20, five
 * times the hourly baseline)":
 *
 * <ul>
 *   <li>The <em>five-minute rate</em> is the number of refusals in the window: the last five minutes, in slots of five
 *       seconds, of which the present one counts as far as it has come.
 *   <li>The <em>hourly baseline</em> is the mean number for five minutes in the hour before the window, or in as much
 *       of that hour as was watched.
 *   <li>In the first ten minutes after a start the window is the later half of the time watched, and the baseline the
 *       number in the earlier half. Steady noise is thus no spike from the first moment on; a spike in the first ten
 *       seconds can be missed.
 * </ul>
 *
 * <p>A spike is over once the window holds no more than half of the limit that was exceeded, or after an hour: what
 * goes on for so long has become usual. Until then it is the same spike.
 *
 * <p>Counts of 65 minutes are remembered, and no more. Each instance watches what it refused itself; it knows nothing
 * of the others.
 */
final class SpikeWatch {
    static final Duration SLOT = Duration.ofSeconds(5);

    private static final int WINDOW = 60;
    private static final int HOUR = 720;
    private static final int LEAST = 20;
    private static final int TIMES = 5;

    private final Clock clock;
    private final Instant begin;
    private final RefusalCounts counts = new RefusalCounts(WINDOW + HOUR);
    private long latest;
    private @Nullable Open open;

    SpikeWatch(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** A spike that goes on: its first slot, the latest slot above the pace that the limit allows, and that limit. */
    private record Open(long first, long last, double limit, double pace, double baseline) {}

    /** A refusal for one of a closed list of reasons. */
    synchronized void count(String reason) {
        counts.add(slot(), reason);
    }

    /** A spike that has begun or ended since this was asked last. */
    synchronized Optional<Spike> look() {
        long now = slot();
        if (now == 0) {
            return Optional.empty();
        }
        long window = Math.min(WINDOW, now / 2 + 1);
        return open == null ? begun(now - window + 1, now) : ended(open, now - window + 1, now);
    }

    synchronized boolean isOpen() {
        return open != null;
    }

    private Optional<Spike> begun(long first, long now) {
        double baseline = baseline(first, now - first + 1);
        double limit = Math.max(LEAST, TIMES * baseline);
        long count = counts.in(first, now);
        if (count <= limit) {
            return Optional.empty();
        }
        double pace = limit / (now - first + 1);
        long start = start(first, now, pace);
        open = new Open(start, now, limit, pace, baseline);
        return Optional.of(new Spike(at(start), Optional.empty(), count, limit, baseline, counts.leading(first, now)));
    }

    private double baseline(long first, long window) {
        long before = Math.max(0, first - HOUR);
        return (double) counts.in(before, first - 1) * window / (first - before);
    }

    private Optional<Spike> ended(Open spike, long first, long now) {
        long last = last(spike, now);
        boolean over = counts.in(first, now) <= spike.limit() / 2 || now - spike.first() >= HOUR;
        if (!over) {
            open = new Open(spike.first(), last, spike.limit(), spike.pace(), spike.baseline());
            return Optional.empty();
        }
        open = null;
        return Optional.of(new Spike(
                at(spike.first()),
                Optional.of(at(last + 1)),
                counts.in(spike.first(), last),
                spike.limit(),
                spike.baseline(),
                counts.leading(spike.first(), last)));
    }

    /** The slot since which most refusals came beyond the pace that the limit allows. */
    private long start(long first, long now, double pace) {
        long start = now;
        double beyond = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (long slot = now; slot >= first; slot--) {
            beyond += counts.at(slot) - pace;
            if (beyond > most) {
                most = beyond;
                start = slot;
            }
        }
        return start;
    }

    /** The latest slot in which refusals came faster than the limit allows. */
    private long last(Open spike, long now) {
        long last = now;
        while (last > spike.last() && counts.at(last) <= spike.pace()) {
            last--;
        }
        return last;
    }

    private Instant at(long slot) {
        return begin.plus(SLOT.multipliedBy(slot));
    }

    /** A clock that is put back makes the present slot longer. */
    private long slot() {
        latest = Math.max(latest, Duration.between(begin, clock.instant()).dividedBy(SLOT));
        return latest;
    }
}
