package dev.throughline.out.audit;

import java.time.Duration;

/** The part of the audit log that works by itself: it chains the records that there are, and signs for them. */
public interface SealedLog {

    /** Begins to work; the tables are there. */
    void start();

    /** Chains and signs for what there is now, as far as that is possible at once. */
    void sealNow();

    /** For how long a record has been waiting for its place in the chain. */
    Duration lag();

    /** Whether what was signed for last was what had been written. */
    boolean holds();
}
