package dev.throughline.out.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.Unavailable;
import dev.throughline.access.Action;
import dev.throughline.access.Budget;
import dev.throughline.access.Budgets;
import dev.throughline.access.ClientId;
import dev.throughline.access.UserId;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Budgets in PostgreSQL, which all instances take from. Their clocks must agree: one that is ahead gives away what the
 * time between would have brought.
 */
public final class DatabaseBudgets implements Budgets, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DatabaseBudgets.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);
    private static final int MOST_REFUSALS = 10_000;
    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 100;

    private final Limits limits;
    private final TimeMeter time;
    private final ProxyManager<String> buckets;
    private final ExpiredEntriesCleaner cleaner;
    private final Turns turns = new Turns();
    private final Cache<Budget, Long> emptyUntil =
            Caffeine.newBuilder().maximumSize(MOST_REFUSALS).build();
    private final Future<?> sweeping;

    /**
     * @param database gives connections that are free again when they are closed, whatever else the thread does
     * @param background removes what is full again and no longer needed
     */
    public DatabaseBudgets(Limits limits, DataSource database, ScheduledExecutorService background) {
        this(limits, database, background, TimeMeter.SYSTEM_MILLISECONDS);
    }

    DatabaseBudgets(Limits limits, DataSource database, ScheduledExecutorService background, TimeMeter time) {
        PostgreSQLSelectForUpdateBasedProxyManager<String> store = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(
                        database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_limit")
                .idColumn("budget")
                .clientClock(time)
                .requestTimeout(PATIENCE)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                .build();
        this.limits = limits;
        this.time = time;
        this.buckets = store;
        this.cleaner = store;
        this.sweeping = background.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
    }

    @Override
    public Optional<Duration> spend(Budget budget) {
        return turns.take(budget, () -> refusal(budget).or(() -> asked(budget)));
    }

    /** What was empty stays so until the time that was told then; asking again would only cost. */
    private Optional<Duration> refusal(Budget budget) {
        return Optional.ofNullable(emptyUntil.getIfPresent(budget))
                .map(until -> until - time.currentTimeNanos())
                .filter(nanos -> nanos > 0)
                .map(Duration::ofNanos);
    }

    private Optional<Duration> asked(Budget budget) {
        Limit limit = limits.of(budget.kind());
        try {
            ConsumptionProbe probe =
                    buckets.getProxy(key(budget, limit), limit::configuration).tryConsumeAndReturnRemaining(1);
            if (probe.isConsumed()) {
                return Optional.empty();
            }
            emptyUntil.put(budget, time.currentTimeNanos() + probe.getNanosToWaitForRefill());
            return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        } catch (BucketExecutionException e) {
            throw new Unavailable("budgets", e);
        }
    }

    /** With the limit: after a change of the settings, nobody's budget is still of the old size. */
    private static String key(Budget budget, Limit limit) {
        return String.join(
                "/",
                budget.kind().label(),
                limit.perMinute() + "," + limit.burst(),
                budget.tenant().toString(),
                budget.person().map(UserId::toString).orElse("-"),
                budget.client().map(ClientId::value).orElse("-"),
                budget.action().map(Action::tool).orElse("-"));
    }

    /** In batches, so that no transaction is long and nobody's turn is held up; what is left is for the next time. */
    void sweep() {
        try {
            int removed = BATCH;
            for (int batch = 0; batch < MOST_BATCHES && removed == BATCH; batch++) {
                removed = cleaner.removeExpired(BATCH);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "rate_limits_not_tidied", e);
        }
    }

    /** Stops tidying up. */
    @Override
    public void close() {
        sweeping.cancel(false);
    }
}
