package dev.throughline.local.run;

/** Something does not start; the message is one sentence that says what to do. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailedException(String message) {
        super(message);
    }
}
