package dev.throughline.app;

/** A setting is missing or does not fit; the message is one sentence that names the variable. */
final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String variable, String problem) {
        super("Throughline cannot start: " + variable + " " + problem + ".");
    }
}
