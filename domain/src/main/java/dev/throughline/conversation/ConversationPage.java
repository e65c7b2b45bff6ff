package dev.throughline.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some of a person's conversations.
 *
 * @param items the conversations
 * @param next where the next page begins; empty on the last one
 */
public record ConversationPage(List<Conversation> items, Optional<Place> next) {
    public ConversationPage {
        items = List.copyOf(items);
    }

    /**
     * Behind which conversation a page begins.
     *
     * @param changedAt when that was last changed
     * @param id its id
     */
    public record Place(Instant changedAt, ConversationId id) {}
}
