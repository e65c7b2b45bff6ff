package dev.throughline.conversation;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import java.util.List;
import java.util.Optional;

/** Port: where conversations and their runs are kept, so that any instance can go on with them. */
public interface Conversations {

    /** How many runs of a conversation are shown at most: the last ones. */
    int MOST_RUNS = 200;

    /** The conversation of this id, if it is that person's. */
    Optional<Conversation> find(User owner, ConversationId id);

    /** A page of a person's conversations, the one that changed last first. */
    ConversationPage list(User owner, int limit, Optional<ConversationPage.Place> after);

    /** Keeps a conversation that has just begun. */
    void add(Conversation conversation);

    /**
     * Replaces a conversation, unless somebody else has done so meanwhile.
     *
     * @param changed what to keep, with the version that it was made from; it is kept as {@link Conversation#next()}
     * @return whether it was replaced: exactly one of all who replace the same version succeeds
     */
    boolean replace(Conversation changed);

    /**
     * Keeps a run of a person's conversation, and records it in the same transaction. A conversation that has been
     * deleted meanwhile gets none; that the person talked to the agent is on record all the same.
     *
     * @param permit the person's, to chat
     * @param agent whom they talked to
     */
    void keep(Permit permit, String agent, RunRecord run);

    /** The last runs of a person's conversation, the oldest first. */
    List<RunRecord> runs(User owner, ConversationId id);

    /**
     * Deletes a conversation with all its runs, and records it in the same transaction.
     *
     * @param permit the person's
     * @return whether there was one
     */
    boolean delete(Permit permit, ConversationId id);
}
