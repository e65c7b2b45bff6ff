package dev.throughline.out.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as PostgreSQL can keep them. */
final class Storable {
    private Storable() {}

    /** A moment, never later than it was; PostgreSQL would round it, and so put some later. */
    static Instant moment(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    /** Text that others have written: it may hold the one character that PostgreSQL keeps in no text. */
    static String text(String text) {
        return text.replace('\u0000', '\uFFFD');
    }
}
