package dev.throughline.out.database;

import dev.throughline.Unavailable;
import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.database.ChainGrowth.Round;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Chains committed records within a second, and gives signed checkpoints out of the database: to the log, and to a
 * file. Each instance has one, and they take turns. Nobody who acts waits for it, and what it cannot do now, since the
 * database is away or another instance is at it, it does later. Over a chain that is not the one it knows it does not
 * go on.
 */
final class AuditSealer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditSealer.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PAUSE_WHEN_BROKEN = Duration.ofSeconds(5);
    private static final Duration RECENTLY = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final LogKey key;
    private final CheckpointFile file;
    private final Clock clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable ChainGrowth chain;
    private @Nullable Checkpoint unwritten;
    private volatile Instant sealedUntil;
    private volatile boolean waiting;
    private volatile Optional<String> broken = Optional.empty();
    private volatile boolean failing;
    private volatile boolean closed;

    AuditSealer(Database database, LogKey key, CheckpointFile file, Clock clock, ThreadFactory threads) {
        this.database = database;
        this.key = key;
        this.file = file;
        this.clock = clock;
        this.sealedUntil = clock.instant();
        this.thread = threads.newThread(this::run);
    }

    /**
     * Begins; the tables are there.
     *
     * @throws IllegalArgumentException if the file of checkpoints is not one of this log
     */
    void start() {
        Optional<Checkpoint> outside = outside();
        lock.lock();
        try {
            chain = new ChainGrowth(database, key, clock, outside);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    private Optional<Checkpoint> outside() {
        try {
            return file.last()
                    .map(note -> Checkpoint.open(key, note)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "The file of AUDIT_CHECKPOINTS has a checkpoint that AUDIT_SIGNING_KEY has not"
                                            + " signed: it is of another log, or somebody has changed it.")));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file of AUDIT_CHECKPOINTS cannot be read, or has something else in it.", e);
        }
    }

    /**
     * How long ago the oldest record was made that is not sealed; where it is not known whether there is one, how long
     * ago it can have been.
     */
    Duration lag() {
        Duration lag = Duration.between(sealedUntil, clock.instant());
        boolean known = !waiting && lag.compareTo(RECENTLY) < 0;
        return known || lag.isNegative() ? Duration.ZERO : lag;
    }

    /** Whether the chain is the one that was sealed, as far as it was looked at. */
    boolean holds() {
        return broken.isEmpty();
    }

    /** Seals what there is now and signs it, as far as that is possible soon. */
    void sealNow() {
        if (!settle(PATIENCE)) {
            LOG.log(System.Logger.Level.DEBUG, "records_left_unsealed");
        }
    }

    /** Seals what waits and makes a last checkpoint. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(PATIENCE.multipliedBy(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                pause(work());
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "sealer_interrupted");
        }
        if (!settle(PATIENCE)) {
            LOG.log(System.Logger.Level.WARNING, "records_left_unsealed");
        }
    }

    /** Answers whether it could be done in this time. */
    private boolean settle(Duration patience) {
        long begun = System.nanoTime();
        try {
            do {
                Round round = round(true);
                if (round.held() && !round.more()) {
                    return true;
                }
                if (!round.held()) {
                    Thread.sleep(TURN.toMillis());
                }
            } while (System.nanoTime() - begun < patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            tell(e);
        }
        return false;
    }

    /** Answers how long to wait. */
    private Duration work() {
        try {
            return round(false).more() ? Duration.ZERO : PAUSE;
        } catch (BrokenChainException e) {
            return PAUSE_WHEN_BROKEN;
        } catch (RuntimeException e) {
            tell(e);
            return PAUSE;
        }
    }

    private Round round(boolean sign) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Round round = Objects.requireNonNull(chain, "It was not started").round(sign);
            waiting = round.waiting().isPresent();
            sealedUntil = round.waiting().map(AuditSealer::made).orElse(now);
            if (round.held()) {
                holdsAgain();
            }
            round.checkpoint().ifPresent(this::publish);
            write();
            worksAgain();
            return round;
        } catch (BrokenChainException e) {
            breaks(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** The first 48 bits of an id are the milliseconds at which it was made. */
    private static Instant made(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private void holdsAgain() {
        if (broken.isPresent()) {
            LOG.log(System.Logger.Level.WARNING, "audit_chain_ok_again");
            broken = Optional.empty();
        }
    }

    private void breaks(BrokenChainException e) {
        if (!broken.equals(Optional.ofNullable(e.getMessage()))) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "audit_chain_broken {0}: the audit log in the database is not the one that was sealed, and nothing"
                            + " more is sealed. Keep the database and the checkpoints as they are for whoever looks"
                            + " into it.",
                    e.getMessage());
        }
        broken = Optional.ofNullable(e.getMessage());
    }

    private void publish(Checkpoint checkpoint) {
        LOG.log(
                System.Logger.Level.INFO,
                "audit_checkpoint size={0} note={1}",
                String.valueOf(checkpoint.size()),
                checkpoint.quoted().replace("\u2014", "\\u2014"));
        unwritten = checkpoint;
    }

    /** What could not be written is told of once; a later checkpoint says all that an earlier one did. */
    private void write() {
        Checkpoint checkpoint = unwritten;
        if (checkpoint == null) {
            return;
        }
        try {
            file.append(checkpoint);
            unwritten = null;
        } catch (IOException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.ERROR, "audit_checkpoint_not_written", e);
            }
            failing = true;
        }
    }

    private void worksAgain() {
        if (failing && unwritten == null) {
            LOG.log(System.Logger.Level.INFO, "records_are_sealed_again");
            failing = false;
        }
    }

    private void tell(RuntimeException e) {
        if (e instanceof BrokenChainException || failing) {
            return;
        }
        failing = true;
        if (e instanceof Unavailable) {
            LOG.log(System.Logger.Level.WARNING, "records_not_sealed: the database does not answer");
        } else {
            LOG.log(System.Logger.Level.ERROR, "records_not_sealed", e);
        }
    }

    private void pause(Duration length) throws InterruptedException {
        lock.lock();
        try {
            long remaining = length.toNanos();
            while (!closed && remaining > 0) {
                remaining = closing.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The last checkpoint, as it is kept. */
    static Optional<StoredCheckpoint> lastSigned(Connection connection) throws SQLException {
        return new ChainTables(connection).lastCheckpoint();
    }
}
