package dev.throughline.in.chat;

import dev.throughline.in.http.ProblemException;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Keeps runs within bounds. A run that takes too long, or that nobody listens to any more, is interrupted. */
@Dependent
class ChatRuns {
    private static final int LIMIT_SECONDS = 150;
    private static final int BEAT_SECONDS = 15;

    private final RunSlots slots;
    private final ManagedScheduledExecutorService executor;

    @Inject
    ChatRuns(RunSlots slots, ManagedScheduledExecutorService executor) {
        this.slots = slots;
        this.executor = executor;
    }

    /** Runs to the end on this thread. */
    void complete(Runnable run) {
        slots.take();
        try {
            Interruptible self = new Interruptible();
            watched(self, run, List.of(limit(self)));
        } finally {
            slots.giveBack();
        }
    }

    /** Starts a run on a thread of its own; when it ends, its sink is closed. */
    void start(Runnable run, EventSink sink) {
        slots.take();
        try {
            executor.execute(() -> {
                try {
                    Interruptible self = new Interruptible();
                    watched(self, run, List.of(limit(self), heartbeat(self, sink)));
                } finally {
                    slots.giveBack();
                    sink.close();
                }
            });
        } catch (RejectedExecutionException e) {
            slots.giveBack();
            throw new ProblemException(ChatProblems.TOO_MANY_RUNS);
        }
    }

    private static void watched(Interruptible self, Runnable run, List<Future<?>> watches) {
        try {
            run.run();
        } finally {
            watches.forEach(watch -> watch.cancel(false));
            self.done();
        }
    }

    private Future<?> limit(Interruptible self) {
        return executor.schedule(self::interrupt, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Future<?> heartbeat(Interruptible self, EventSink sink) {
        return executor.scheduleAtFixedRate(() -> beat(self, sink), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    private static void beat(Interruptible self, EventSink sink) {
        try {
            sink.comment("keep-alive");
        } catch (ClientGoneException e) {
            self.interrupt();
        }
    }
}
