package dev.throughline.out.database;

import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.Conversations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Conversations that are forgotten with the test. */
final class InMemoryConversations implements Conversations {
    private final Map<ConversationId, Conversation> conversations = new HashMap<>();

    @Override
    public synchronized Optional<Conversation> find(User owner, ConversationId id) {
        return Optional.ofNullable(conversations.get(id))
                .filter(found ->
                        found.tenant().equals(owner.tenant()) && found.owner().equals(owner.id()));
    }

    @Override
    public synchronized void save(Conversation conversation) {
        conversations.merge(conversation.id(), conversation, (before, after) -> {
            if (!before.tenant().equals(after.tenant()) || !before.owner().equals(after.owner())) {
                throw new IllegalStateException("A conversation never changes hands");
            }
            return after;
        });
    }
}
