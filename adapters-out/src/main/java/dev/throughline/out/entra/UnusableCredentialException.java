package dev.throughline.out.entra;

/**
 * Our own credential cannot be used as it is; the message says what an operator has to mend, and holds nothing secret.
 */
final class UnusableCredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCredentialException(String message) {
        super(message);
    }
}
