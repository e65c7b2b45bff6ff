package dev.throughline.out.database;

import dev.throughline.Unavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records a moment after they were handed over, many in one transaction, so that nobody who only reads waits for
 * the disk. A crash loses the records of that moment at most, an orderly stop none. While they cannot be written, no
 * more are taken: what is not on record must not be done.
 */
final class WriteBehind<T> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WriteBehind.class.getName());
    private static final int MOST_AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Consumer<List<T>> store;
    private final int capacity;
    private final Duration delay;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private long taken;
    private long kept;
    private long attempts;
    private boolean hurry;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /**
     * @param store writes some records, all or none
     * @param threads makes the one thread that writes
     * @param capacity how many records may wait
     * @param delay how long a record waits for others at most, before they are written together
     */
    WriteBehind(Consumer<List<T>> store, ThreadFactory threads, int capacity, Duration delay) {
        this.store = store;
        this.capacity = capacity;
        this.delay = delay;
        this.writer = threads.newThread(this::writeUntilClosed);
        writer.start();
    }

    /**
     * Takes a record.
     *
     * @throws Unavailable if earlier ones cannot be written, not even now, or too many wait
     */
    void add(T entry) {
        locked(() -> {
            long patience = tryAgain(PATIENCE.toNanos());
            while (failure == null && !closed && waiting.size() >= capacity && patience > 0) {
                patience = written.awaitNanos(patience);
            }
            if (failure != null || closed || waiting.size() >= capacity) {
                throw unavailable();
            }
            waiting.add(entry);
            taken++;
            if (waiting.size() == 1 || waiting.size() >= MOST_AT_ONCE) {
                added.signal();
            }
            return taken;
        });
    }

    /**
     * Returns when all that has been taken so far is written.
     *
     * @throws Unavailable if it cannot be written, or not within {@code patience}
     */
    void flush(Duration patience) {
        locked(() -> {
            long goal = taken;
            long remaining = patience.toNanos();
            while (kept < goal && failure == null && remaining > 0) {
                hurry = true;
                added.signal();
                remaining = written.awaitNanos(remaining);
            }
            if (kept < goal) {
                throw unavailable();
            }
            return kept;
        });
    }

    /** What could not be written is tried once more for whoever comes next; answers how much patience is left. */
    private long tryAgain(long patience) throws InterruptedException {
        long before = attempts;
        long remaining = patience;
        while (failure != null && !closed && attempts == before && remaining > 0) {
            hurry = true;
            added.signal();
            remaining = written.awaitNanos(remaining);
        }
        return remaining;
    }

    /** Writes what waits, and takes no more. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            added.signal();
            return closed;
        });
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try {
            for (List<T> batch = next(); !batch.isEmpty(); batch = next()) {
                write(batch);
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.WARNING, "records_no_longer_written");
        }
    }

    /** Some records, oldest first, which go on waiting until they are written; none once this is closed. */
    private List<T> next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                added.await();
            }
            long remaining = delay.toNanos();
            while (!hurry && !closed && waiting.size() < MOST_AT_ONCE && remaining > 0) {
                remaining = added.awaitNanos(remaining);
            }
            hurry = false;
            return waiting.stream().limit(MOST_AT_ONCE).toList();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<T> batch) throws InterruptedException {
        RuntimeException thrown = null;
        try {
            store.accept(batch);
        } catch (RuntimeException e) {
            thrown = e;
        }
        lock.lock();
        try {
            if (thrown != null && failure == null) {
                LOG.log(System.Logger.Level.ERROR, "records_not_written", thrown);
            }
            failure = thrown;
            attempts++;
            if (thrown == null) {
                batch.forEach(entry -> waiting.remove());
                kept += batch.size();
            }
            written.signalAll();
            if (thrown != null && closed) {
                LOG.log(System.Logger.Level.ERROR, "records_lost count={0}", String.valueOf(waiting.size()));
                waiting.clear();
            } else if (thrown != null) {
                added.awaitNanos(PAUSE.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private Unavailable unavailable() {
        return new Unavailable(
                "database", failure == null ? new IllegalStateException("Too many records wait") : failure);
    }

    private <R> R locked(Interruptible<R> work) {
        lock.lock();
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("database", e);
        } finally {
            lock.unlock();
        }
    }

    private interface Interruptible<R> {
        R call() throws InterruptedException;
    }
}
