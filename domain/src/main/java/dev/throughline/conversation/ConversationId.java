package dev.throughline.conversation;

import dev.throughline.CanonicalUuid;
import java.util.Optional;
import java.util.UUID;

/**
 * Names a conversation; worthless to anybody but its owner.
 *
 * @param value random
 */
public record ConversationId(UUID value) {

    /** The id that a caller sent; empty if no conversation can have it. */
    public static Optional<ConversationId> parse(String text) {
        return CanonicalUuid.parse(text).map(ConversationId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
