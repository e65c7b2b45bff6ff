package dev.throughline.verifier;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells whoever waits for more than two seconds how far it is. */
final class Progress {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

    /** Looking at the clock for each line would cost more than the line. */
    private static final int LINES = 1024;

    private final PrintStream err;
    private final LongSupplier clock;
    private long told;
    private int lines;

    Progress(PrintStream err) {
        this(err, System::nanoTime);
    }

    Progress(PrintStream err, LongSupplier clock) {
        this.err = err;
        this.clock = clock;
        this.told = clock.getAsLong();
    }

    void report(Verification verification) {
        if (++lines % LINES != 0 || clock.getAsLong() - told < EVERY) {
            return;
        }
        told = clock.getAsLong();
        err.println(Count.of(verification.size()) + " of " + Count.of(verification.announced(), "record") + " so far, "
                + 100 * verification.size() / verification.announced() + " %");
    }
}
