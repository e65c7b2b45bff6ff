package dev.throughline.order;

import java.util.regex.Pattern;

/**
 * The name that a caller gives to one order that it wants placed, so that it can ask again when the answer was lost
 * (draft-ietf-httpapi-idempotency-key-header). It means nothing to anybody but the person in whose name it is sent.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {
    private static final Pattern SHAPE = Pattern.compile("[!-~]{1,255}");

    public IdempotencyKey {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "Idempotency-Key", "Idempotency-Key must be one key of 1 to 255 visible ASCII characters.");
        }
    }
}
