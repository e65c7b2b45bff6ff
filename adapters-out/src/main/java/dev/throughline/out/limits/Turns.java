package dev.throughline.out.limits;

import dev.throughline.Unavailable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets those who want the same thing go one after the other. In the database they would wait for the same row, each
 * with a connection that others need.
 */
final class Turns {
    private static final int LOCKS = 256;
    private static final int PATIENCE_SECONDS = 2;

    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /** @throws Unavailable if the turn does not come in time */
    <T> T take(Object thing, Supplier<T> work) {
        Lock lock = locks[Math.floorMod(thing.hashCode(), LOCKS)];
        await(lock);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static void await(Lock lock) {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Unavailable("budgets", new TimeoutException("Others with the same budget are not done"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("budgets", e);
        }
    }
}
