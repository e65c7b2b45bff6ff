package dev.throughline.browser;

/** There is no browser, and none can be had; the message is one sentence that says what to do. */
final class NoBrowserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoBrowserException(String message) {
        super(message);
    }
}
