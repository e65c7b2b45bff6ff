package dev.throughline.order;

/** What free text in an order must look like: one line, not blank, not longer than a column. */
final class Text {
    static final int MAX_LENGTH = 200;

    private Text() {}

    static String required(String field, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_LENGTH
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    field, "%s must be one line of 1 to %d characters.".formatted(field, MAX_LENGTH));
        }
        return stripped;
    }
}
