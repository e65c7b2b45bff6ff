package dev.throughline.out.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.access.Budget;
import dev.throughline.access.Budgets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Budgets in the memory of this instance; several instances each give the whole. */
public final class InMemoryBudgets implements Budgets {
    /**
     * A forgotten budget is a full one, so none may be pushed out by whoever emptied it. Budgets are made of verified
     * people and registered clients only, a handful for each person: nobody can fill this alone. It would take some ten
     * thousand people within the time of a refill, and the cache would then keep those that are asked for most.
     */
    private static final int MOST = 50_000;

    private final Map<Budget.Kind, BucketConfiguration> limits = new EnumMap<>(Budget.Kind.class);
    private final Cache<Budget, Bucket> buckets;
    private final TimeMeter time;

    public InMemoryBudgets(Limits limits) {
        this(limits, TimeMeter.SYSTEM_NANOTIME, MOST);
    }

    InMemoryBudgets(Limits limits, TimeMeter time, int most) {
        for (Budget.Kind kind : Budget.Kind.values()) {
            this.limits.put(kind, limits.of(kind).configuration());
        }
        this.time = time;
        // Not touched for that long, it is full anyway.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(time::currentTimeNanos)
                .expireAfterAccess(limits.refill())
                .build();
    }

    @Override
    public Optional<Duration> spend(Budget budget) {
        ConsumptionProbe probe = buckets.get(budget, this::full).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket full(Budget budget) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limits.get(budget.kind()).getBandwidths()[0])
                .build();
    }
}
