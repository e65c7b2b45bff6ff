package dev.throughline.access;

import dev.throughline.CanonicalUuid;
import java.util.Optional;
import java.util.UUID;

/**
 * Names an entry of the consent ledger. It proves nothing: whoever knows it must still be the person whose entry it is.
 *
 * @param value a random id
 */
public record ConsentId(UUID value) {

    /** The entry's id that a text is; empty for any other text. */
    public static Optional<ConsentId> parse(String text) {
        return CanonicalUuid.parse(text).map(ConsentId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
