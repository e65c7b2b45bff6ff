package dev.throughline.conversation;

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
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(new ConversationId(uuid)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
