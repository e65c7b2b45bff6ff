package dev.throughline.local.run;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells people what is being done, and every two seconds that it still is. */
public final class Progress {
    private final PrintStream out;

    private Progress(PrintStream out) {
        this.out = out;
    }

    /** Prints to that stream. */
    public static Progress to(PrintStream out) {
        return new Progress(out);
    }

    void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    <T> T during(String what, Supplier<T> step) {
        long begin = System.nanoTime();
        CountDownLatch done = new CountDownLatch(1);
        Thread ticker = new Thread(() -> tick(what, begin, done), "progress");
        ticker.setDaemon(true);
        ticker.start();
        try {
            T result = step.get();
            say("  ready  %s (%.1f s)".formatted(what, seconds(begin)));
            return result;
        } finally {
            done.countDown();
        }
    }

    private void tick(String what, long begin, CountDownLatch done) {
        try {
            while (!done.await(2, TimeUnit.SECONDS)) {
                say("  ...    %s (%.0f s)".formatted(what, seconds(begin)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
