package dev.throughline.order;

/**
 * How many pieces are ordered.
 *
 * @param value 1 to 10,000
 */
public record Quantity(int value) {
    /** The largest number of pieces that one order can hold. */
    public static final int MAX = 10_000;

    public Quantity {
        if (value < 1 || value > MAX) {
            throw new InvalidValueException("quantity", "quantity must be a whole number from 1 to %d.".formatted(MAX));
        }
    }
}
