package dev.throughline.matrix;

import dev.throughline.access.DenyReason;
import java.util.Locale;

/** What the policy's reasons are in the words that people read. */
final class Sentences {
    private Sentences() {}

    static String of(String reason) {
        return DenyReason.valueOf(reason.toUpperCase(Locale.ROOT)).sentence();
    }
}
