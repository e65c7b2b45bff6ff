package dev.throughline.access;

import dev.throughline.CanonicalUuid;
import java.util.Optional;
import java.util.UUID;

/**
 * Names an approval. It proves nothing: whoever knows it must still be the person whose approval it is.
 *
 * @param value a random id
 */
public record ApprovalId(UUID value) {

    /** The approval's id that a text is; empty for any other text. */
    public static Optional<ApprovalId> parse(String text) {
        return CanonicalUuid.parse(text).map(ApprovalId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
