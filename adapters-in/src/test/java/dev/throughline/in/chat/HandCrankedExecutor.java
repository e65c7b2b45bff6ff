package dev.throughline.in.chat;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks on threads of their own, and timers only when the test says that their time has come. */
final class HandCrankedExecutor {
    private final List<Runnable> limits = new ArrayList<>();
    private final List<Runnable> beats = new ArrayList<>();
    private boolean full;

    /** Takes nothing more. */
    void fill() {
        full = true;
    }

    synchronized void timeIsUp() {
        limits.forEach(Runnable::run);
    }

    synchronized void beat() {
        beats.forEach(Runnable::run);
    }

    ManagedScheduledExecutorService service() {
        Class<?> type = ManagedScheduledExecutorService.class;
        return (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> switch (called.getName()) {
                    case "execute" -> execute((Runnable) arguments[0]);
                    case "schedule" -> keep(limits, (Runnable) arguments[0]);
                    case "scheduleAtFixedRate" -> keep(beats, (Runnable) arguments[0]);
                    default -> throw new UnsupportedOperationException(called.toString());
                });
    }

    private Object execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException();
        }
        new Thread(task, "run").start();
        return task;
    }

    private synchronized ScheduledFuture<?> keep(List<Runnable> timers, Runnable timer) {
        timers.add(timer);
        return new Timer(timer);
    }

    private static final class Timer extends FutureTask<Object> implements ScheduledFuture<Object> {
        Timer(Runnable timer) {
            super(timer, null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
