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
    public synchronized void add(Conversation conversation) {
        if (conversations.putIfAbsent(conversation.id(), conversation) != null) {
            throw new IllegalStateException("There is one already");
        }
    }

    @Override
    public synchronized boolean replace(Conversation changed) {
        Conversation before = conversations.get(changed.id());
        if (before == null
                || before.version() != changed.version()
                || !before.tenant().equals(changed.tenant())
                || !before.owner().equals(changed.owner())) {
            return false;
        }
        conversations.put(changed.id(), changed.next());
        return true;
    }
}
