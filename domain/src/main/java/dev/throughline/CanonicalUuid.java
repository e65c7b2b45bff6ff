package dev.throughline;

import java.util.Optional;
import java.util.UUID;

/** Ids that come from outside: one spelling each, so that two texts never name the same thing. */
public final class CanonicalUuid {
    private CanonicalUuid() {}

    /** The id that a text is (RFC 9562 section 4, in lower case); empty for any other text. */
    public static Optional<UUID> parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            return value.toString().equals(text) ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
