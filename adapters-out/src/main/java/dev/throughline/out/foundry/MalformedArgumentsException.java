package dev.throughline.out.foundry;

/** The arguments of a call are no JSON object that everybody would read in the same way. */
final class MalformedArgumentsException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedArgumentsException(String message) {
        super(message, null, false, false);
    }
}
