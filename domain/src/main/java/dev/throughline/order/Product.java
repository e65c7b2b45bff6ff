package dev.throughline.order;

/**
 * What is ordered.
 *
 * @param value one line of 1 to 200 characters, without white space around it
 */
public record Product(String value) {
    /** The longest text, in characters of Unicode. */
    public static final int MAX_LENGTH = Text.MAX_LENGTH;

    public Product {
        value = Text.required("product", value);
    }
}
