package dev.throughline.out.database;

/** The database would not keep people's rows apart: a guard is missing, which the message names in one sentence. */
public final class MissingGuardException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MissingGuardException(String message) {
        super(message);
    }

    MissingGuardException(String message, Throwable cause) {
        super(message, cause);
    }
}
