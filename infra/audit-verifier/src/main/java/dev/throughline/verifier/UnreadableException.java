package dev.throughline.verifier;

/** What was given cannot be read; the message says what to do. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
