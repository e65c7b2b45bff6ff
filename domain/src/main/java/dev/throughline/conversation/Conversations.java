package dev.throughline.conversation;

import dev.throughline.access.User;
import java.util.Optional;

/** Port: where conversations are kept, so that any instance can go on with them. */
public interface Conversations {

    /** The conversation of this id, if it is that person's. */
    Optional<Conversation> find(User owner, ConversationId id);

    /** Keeps a conversation that has just begun. */
    void add(Conversation conversation);

    /**
     * Replaces a conversation, unless somebody else has done so meanwhile.
     *
     * @param changed what to keep, with the version that it was made from; it is kept as {@link Conversation#next()}
     * @return whether it was replaced: exactly one of all who replace the same version succeeds
     */
    boolean replace(Conversation changed);
}
