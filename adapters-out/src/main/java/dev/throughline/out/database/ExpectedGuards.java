package dev.throughline.out.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The written table of all that keeps rows apart: {@code db/guards/expected.txt}, which a migration that changes any of
 * it changes, too. One line each, a name and what it is like, with {@code " : "} between them.
 */
final class ExpectedGuards {
    private static final String FILE = "/db/guards/expected.txt";
    private static final String SEPARATOR = " : ";

    private final Map<String, String> expected;

    private ExpectedGuards(Map<String, String> expected) {
        this.expected = expected;
    }

    static ExpectedGuards read() {
        Map<String, String> expected = new TreeMap<>();
        text(FILE).lines().filter(line -> line.contains(SEPARATOR)).forEach(line -> {
            int at = line.indexOf(SEPARATOR);
            expected.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
        });
        return new ExpectedGuards(expected);
    }

    /** One of the texts beside the table. */
    static String text(String resource) {
        try (InputStream in = ExpectedGuards.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws MissingGuardException for the first difference by name */
    void compare(Map<String, String> found) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            if (!found.containsKey(name)) {
                throw new MissingGuardException("the database lacks the " + name + ".");
            }
            if (!expected.containsKey(name)) {
                throw new MissingGuardException("the database has a " + name + ", which must not be there.");
            }
            if (!normal(expected.get(name)).equals(normal(found.get(name)))) {
                throw new MissingGuardException("the database's " + name + " is not as it must be.");
            }
        }
    }

    /** Versions of PostgreSQL break lines, indent and put parentheses differently where they print an expression. */
    private static String normal(String description) {
        return description.replaceAll("[\\s()]", "").toLowerCase(Locale.ROOT);
    }
}
