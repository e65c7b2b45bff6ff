package dev.throughline.local.entra;

/** Ends the handling of a request with an {@link AadError}. Part of the protocol, hence without a stack trace. */
final class AadException extends RuntimeException {

    private final transient AadError error;

    AadException(AadError error) {
        super(error.described(), null, false, false);
        this.error = error;
    }

    AadError error() {
        return error;
    }
}
