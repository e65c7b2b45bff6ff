package dev.throughline.verifier;

import java.util.Locale;

/** Numbers for people. */
final class Count {
    private Count() {}

    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String of(long number, String noun) {
        return of(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
