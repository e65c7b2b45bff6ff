package dev.throughline.order;

/** What free text in an order must look like: one line, not blank, not longer than a column. */
final class Text {
    static final int MAX_LENGTH = 200;

    private Text() {}

    static String required(String field, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()
                || stripped.codePointCount(0, stripped.length()) > MAX_LENGTH
                || stripped.codePoints().anyMatch(Text::isNoText)) {
            throw new InvalidValueException(
                    field, "%s must be one line of 1 to %d characters.".formatted(field, MAX_LENGTH));
        }
        return stripped;
    }

    /** Half a surrogate pair is no character (RFC 7493 section 2.1): what is stored would not be what was sent. */
    private static boolean isNoText(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
