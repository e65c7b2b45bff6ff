package dev.throughline.out.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Moments as the log writes them: each with six digits of a second. */
final class Moments {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    static String text(Instant moment) {
        return FORM.format(moment);
    }

    /** Whether a text of that form is a moment that there is. */
    static boolean isOne(String text) {
        try {
            return text(Instant.parse(text)).equals(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
