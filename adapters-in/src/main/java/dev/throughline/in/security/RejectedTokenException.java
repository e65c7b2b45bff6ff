package dev.throughline.in.security;

/** Leaves the verification at its first failed check. */
final class RejectedTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final TokenRejection rejection;

    RejectedTokenException(TokenRejection rejection) {
        super(rejection.code(), null, false, false);
        this.rejection = rejection;
    }

    TokenRejection rejection() {
        return rejection;
    }
}
