package dev.throughline.in.http;

/** A text is not JSON that we accept; the message says why, in one sentence that may be shown. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
