package dev.throughline.in.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One issuer's signing keys, held as an immutable snapshot that is replaced in the background. Who brings a known key
 * never waits for the issuer. An unknown key id may cause a fetch, but all of them together one in half a minute at
 * most; only those few who come while that fetch is under way wait for it, and not for long.
 *
 * <p>A key that is published no longer is out within a minute. While the issuer cannot be asked, the keys that it
 * published last stay good for a day; after that nobody is let in.
 */
final class SigningKeys {
    /** With the jitter and the time that a fetch may take, a key that was taken away is out within a minute. */
    static final Duration RENEWED_AFTER = Duration.ofSeconds(45);

    static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    static final Duration BETWEEN_FIRST_ATTEMPTS = Duration.ofSeconds(2);
    static final Duration GOOD_WITHOUT_ISSUER = Duration.ofHours(24);

    private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());
    private static final long JITTER_MILLIS = 5_000;
    private static final long LONGEST_WAIT_MILLIS = 300;
    private static final int MOST_WAITING = 8;
    private static final int MOST_KNOWN_BAD = 1_024;
    private static final Duration KNOWN_BAD_FOR = Duration.ofMinutes(5);

    private final KeySource source;
    private final PublishedKeys reader;
    private final GateMetrics metrics;
    private final Clock clock;
    private final Executor background;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Cache<String, Boolean> knownBad;

    private volatile @Nullable KeySnapshot snapshot;
    private volatile Instant due = Instant.EPOCH;
    private volatile Instant lastAttempt = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> underWay;

    SigningKeys(KeySource source, PublishedKeys reader, GateMetrics metrics, Clock clock, Executor background) {
        this.source = source;
        this.reader = reader;
        this.metrics = metrics;
        this.clock = clock;
        this.background = background;
        this.knownBad = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN_BAD)
                .expireAfterWrite(KNOWN_BAD_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** The key of that id, to verify signatures with. */
    SigningKey key(String id) throws RejectedTokenException {
        renewIfDue();
        Optional<SigningKey> key = known(id);
        if (key.isEmpty() && mayBeNew(id)) {
            key = known(id);
            // Only now: an id that came too soon after the last fetch may be that of a key published since.
            if (key.isEmpty()) {
                knownBad.put(id, true);
            }
        }
        return key.orElseThrow(() -> new RejectedTokenException(TokenRejection.KEY_UNKNOWN));
    }

    /** Whether this very key is still published. */
    boolean stillHas(SigningKey key) {
        renewIfDue();
        KeySnapshot now = snapshot;
        SigningKey published = now == null || tooOld(now) ? null : now.keys().get(key.id());
        return published != null && (published == key || published.isSameAs(key));
    }

    /** Whether any token can be verified now. */
    boolean ready() {
        renewIfDue();
        KeySnapshot now = snapshot;
        return now != null && !tooOld(now);
    }

    /** How old the keys are; empty while there are none. */
    Optional<Duration> age() {
        return Optional.ofNullable(snapshot).map(now -> now.age(clock.instant()));
    }

    /** When the keys are to be renewed next. */
    Duration untilDue() {
        return Duration.between(clock.instant(), due);
    }

    /** Begins to renew the keys if it is time, and does not wait for it. */
    void renewIfDue() {
        if (isPast(due)) {
            renew(snapshot == null ? BETWEEN_FIRST_ATTEMPTS : BETWEEN_FETCHES);
        }
    }

    private Optional<SigningKey> known(String id) throws RejectedTokenException {
        KeySnapshot now = snapshot;
        if (now == null || tooOld(now)) {
            throw new RejectedTokenException(TokenRejection.KEYS_UNAVAILABLE);
        }
        return Optional.ofNullable(now.keys().get(id));
    }

    private boolean tooOld(KeySnapshot now) {
        return now.age(clock.instant()).compareTo(GOOD_WITHOUT_ISSUER) > 0;
    }

    /** Whether the keys have been renewed because of an id that was never seen. */
    private boolean mayBeNew(String id) {
        if (knownBad.getIfPresent(id) != null) {
            return false;
        }
        return renew(BETWEEN_FETCHES).filter(this::isDoneSoon).isPresent();
    }

    private boolean isDoneSoon(CompletableFuture<Void> renewal) {
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            renewal.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException later) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    /** The fetch that is under way or begins now; empty if the last one was too short a time ago. */
    private synchronized Optional<CompletableFuture<Void>> renew(Duration spacing) {
        if (underWay != null && !underWay.isDone()) {
            return Optional.of(underWay);
        }
        if (!isPast(lastAttempt.plus(spacing))) {
            return Optional.empty();
        }
        lastAttempt = clock.instant();
        due = lastAttempt.plus(snapshot == null ? BETWEEN_FIRST_ATTEMPTS : withJitter());
        try {
            underWay = CompletableFuture.runAsync(this::fetch, background);
            return Optional.of(underWay);
        } catch (RejectedExecutionException busy) {
            LOG.log(System.Logger.Level.WARNING, "jwks_fetch_postponed");
            return Optional.empty();
        }
    }

    private void fetch() {
        try {
            snapshot = new KeySnapshot(reader.read(source.fetch()), clock.instant());
            due = clock.instant().plus(withJitter());
            metrics.keysRefreshed("ok");
        } catch (IOException | RuntimeException e) {
            metrics.keysRefreshed("failed");
            LOG.log(System.Logger.Level.WARNING, "jwks_fetch_failed cause={0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration withJitter() {
        return RENEWED_AFTER.plusMillis(ThreadLocalRandom.current().nextLong(-JITTER_MILLIS, JITTER_MILLIS));
    }

    /** Also true if the clock was set back, so that nothing waits until it has caught up. */
    private boolean isPast(Instant moment) {
        Instant now = clock.instant();
        return !now.isBefore(moment) || now.isBefore(lastAttempt);
    }
}
