package dev.throughline.in.mcp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a tool takes. What is published of it, what calls are held against and what a refusal says are made
 * from the same bounds, so that no client is promised what a call does not get.
 *
 * @param name the argument's name
 * @param schema what clients are told
 * @param form whether a value is as the schema says
 * @param words what a value must be, to go on behind "must"
 * @param required whether it may be left out
 */
record Parameter(
        String name, Map<String, Object> schema, Predicate<@Nullable Object> form, String words, boolean required) {

    /** A text; its length is counted as JSON Schema and the database count it, in characters of Unicode. */
    static Parameter text(String name, String description, int maxLength) {
        return required(
                name,
                Schema.text(description, maxLength),
                value -> value instanceof String text && !text.isEmpty() && length(text) <= maxLength,
                "be a text of 1 to %d characters".formatted(maxLength));
    }

    /** A text that matches a pattern as a whole. */
    static Parameter pattern(String name, String description, String pattern, String example) {
        return required(
                name,
                Schema.pattern(description, "^" + pattern + "$"),
                value -> value instanceof String text && text.matches(pattern),
                "look like " + example);
    }

    static Parameter oneOf(String name, String description, List<String> values) {
        return required(
                name,
                Schema.oneOf(description, values),
                value -> value instanceof String text && values.contains(text),
                "be one of " + String.join(", ", values));
    }

    /** A number that is whole, however it is spelled: JSON Schema takes 2.0 for an integer, too. */
    static Parameter integer(String name, String description, int minimum, int maximum) {
        return required(
                name,
                Schema.integer(description, minimum, maximum),
                value -> value instanceof Number number && isWithin(number, minimum, maximum),
                "be a whole number from %d to %d".formatted(minimum, maximum));
    }

    /** The same, which may be left out. */
    Parameter optional() {
        return new Parameter(name, schema, form, words, false);
    }

    private static Parameter required(
            String name, Map<String, Object> schema, Predicate<@Nullable Object> form, String words) {
        return new Parameter(name, schema, form, words, true);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isWithin(Number number, int minimum, int maximum) {
        try {
            int whole = new BigDecimal(number.toString()).intValueExact();
            return whole >= minimum && whole <= maximum;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }
}
