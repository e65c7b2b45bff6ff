package dev.throughline.verifier;

/**
 * The log does not hold; the message tells what happened to it, without a full stop. Where in the code that was found
 * is nobody's concern, so there is no stack trace.
 */
final class BrokenLogException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    BrokenLogException(Fault fault, String meaning) {
        super(meaning, null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
