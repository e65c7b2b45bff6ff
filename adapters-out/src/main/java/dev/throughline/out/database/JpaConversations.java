package dev.throughline.out.database;

import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.Conversations;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Conversations in PostgreSQL. */
@Dependent
class JpaConversations implements Conversations {
    private final Database database;

    @Inject
    JpaConversations(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Conversation> find(User owner, ConversationId id) {
        return database.transaction(entities -> entities.createQuery(
                        "select c from ConversationRow c where c.id = :id and c.tenant = :tenant and c.owner = :owner",
                        ConversationRow.class)
                .setParameter("id", id.value())
                .setParameter("tenant", owner.tenant().value())
                .setParameter("owner", owner.id().value())
                .getResultStream()
                .findFirst()
                .map(ConversationRow::toConversation));
    }

    @Override
    public void add(Conversation conversation) {
        database.transaction(entities -> {
            entities.persist(ConversationRow.of(conversation));
            return conversation.id();
        });
    }

    /** A conversation never changes hands: another person's is one that is not there. */
    @Override
    public boolean replace(Conversation changed) {
        int replaced = database.transaction(entities -> entities.createQuery(
                        "update ConversationRow c set c.agent = :agent, c.lastResponse = :lastResponse,"
                                + " c.waiting = :waiting, c.version = c.version + 1 where c.id = :id"
                                + " and c.version = :version and c.tenant = :tenant and c.owner = :owner")
                .setParameter("agent", changed.agent())
                .setParameter("lastResponse", changed.lastResponse().orElse(null))
                .setParameter("waiting", changed.waiting().orElse(null))
                .setParameter("id", changed.id().value())
                .setParameter("version", changed.version())
                .setParameter("tenant", changed.tenant().value())
                .setParameter("owner", changed.owner().value())
                .executeUpdate());
        return replaced == 1;
    }
}
