package dev.throughline.order;

/** A value that somebody sent is not one that an order can have; the message says what would be, in one sentence. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidValueException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The field as callers name it on the wire. */
    public String field() {
        return field;
    }
}
