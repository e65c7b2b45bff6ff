package dev.throughline.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A bounded number of bad tokens from several threads, at a steady pace, so that two floods of them are equal. */
final class Flood {
    static final int TOKENS = 10_000;
    private static final int THREADS = 16;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1) / 1_000;

    private final Requests requests;
    private final Supplier<String> tokens;

    Flood(Requests requests, Supplier<String> tokens) {
        this.requests = requests;
        this.tokens = tokens;
    }

    /** Runs the flood to its end beside a caller with a good token, and answers how long each of its calls took. */
    List<Long> latenciesOf(String good) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            AtomicInteger sent = new AtomicInteger();
            long begin = System.nanoTime();
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                senders.add(threads.submit(() -> send(sent, begin)));
            }
            List<Long> latencies = new ArrayList<>();
            while (!senders.stream().allMatch(Future::isDone)) {
                long asked = System.nanoTime();
                requests.ask(Optional.of(good), 200);
                latencies.add(System.nanoTime() - asked);
                TimeUnit.MILLISECONDS.sleep(2);
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            return latencies;
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(AtomicInteger sent, long begin) {
        for (int turn = sent.getAndIncrement(); turn < TOKENS; turn = sent.getAndIncrement()) {
            pause(begin + turn * PAUSE_NANOS - System.nanoTime());
            requests.ask(Optional.of(tokens.get()), 401);
        }
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos));
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
