package dev.throughline.order;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An order's number, as people say it: {@code ORD-} and at least three digits.
 *
 * @param value such as {@code ORD-001}
 */
public record OrderId(String value) {
    /** What every id matches as a whole, in a spelling that Java and ECMAScript read alike. */
    public static final String PATTERN = "ORD-(?:[0-9]{3}|[1-9][0-9]{3,9})";

    private static final Pattern SHAPE = Pattern.compile(PATTERN);

    public OrderId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException("id", "An order's id looks like ORD-001.");
        }
    }

    /** The id that a caller sent; empty where no order can have it, so that it is answered like an unknown one. */
    public static Optional<OrderId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    /**
     * The id of a number.
     *
     * @param number 1 or greater
     */
    public static OrderId of(long number) {
        return new OrderId("ORD-%03d".formatted(number));
    }

    /** The number within the id. */
    public long number() {
        return Long.parseLong(value.substring("ORD-".length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
