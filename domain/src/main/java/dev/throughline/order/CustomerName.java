package dev.throughline.order;

/**
 * Whom an order is for.
 *
 * @param value one line of 1 to 200 characters, without white space around it
 */
public record CustomerName(String value) {
    /** The longest name, in characters of Unicode. */
    public static final int MAX_LENGTH = Text.MAX_LENGTH;

    public CustomerName {
        value = Text.required("customer_name", value);
    }
}
