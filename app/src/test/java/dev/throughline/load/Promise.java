package dev.throughline.load;

import java.util.Locale;

/**
 * A figure that the documentation promises.
 *
 * @param what in words
 * @param measured what it was now
 * @param most what it may be
 */
record Promise(String what, double measured, double most) {
    boolean kept() {
        return measured <= most;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-9s %s: %.3f, promised at most %.2f",
                kept() ? "kept" : "NOT KEPT",
                what,
                measured,
                most);
    }
}
