package dev.throughline.order;

import java.time.Duration;
import java.time.Instant;

/** Port: the keys under which orders were placed, for who tidies up and sees none of them. */
public interface RememberedKeys {

    /** How long a key is remembered. */
    Duration KEPT = Duration.ofHours(24);

    /** Forgets the keys under which orders were placed before a moment. */
    void forgetBefore(Instant moment);
}
