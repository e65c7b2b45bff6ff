package dev.throughline.in.wire;

/** A cursor is not one that we gave this person for this list. */
public final class InvalidCursorException extends Exception {
    /** What the person can do about it. */
    public static final String SENTENCE = "This cursor does not belong to this list; start again without one.";

    private static final long serialVersionUID = 1L;

    InvalidCursorException() {
        super(SENTENCE, null, false, false);
    }
}
