package dev.throughline.conversation;

import dev.throughline.access.User;
import java.util.Optional;

/** Port: where conversations are kept, so that any instance can go on with them. */
public interface Conversations {

    /** The conversation of this id, if it is that person's. */
    Optional<Conversation> find(User owner, ConversationId id);

    /** Keeps a conversation as it is now. */
    void save(Conversation conversation);
}
