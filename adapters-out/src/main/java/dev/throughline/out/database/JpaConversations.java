package dev.throughline.out.database;

import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.Conversations;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
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

    /** A conversation never changes hands: where the id is another person's, the insert fails on its key. */
    @Override
    public void save(Conversation conversation) {
        database.transaction(entities -> {
            if (update(entities, conversation) == 0) {
                entities.persist(ConversationRow.of(conversation));
            }
            return conversation.id();
        });
    }

    private static int update(EntityManager entities, Conversation conversation) {
        return entities.createQuery("update ConversationRow c set c.agent = :agent, c.lastResponse = :lastResponse,"
                        + " c.waiting = :waiting where c.id = :id and c.tenant = :tenant and c.owner = :owner")
                .setParameter("agent", conversation.agent())
                .setParameter("lastResponse", conversation.lastResponse().orElse(null))
                .setParameter("waiting", conversation.waiting().orElse(null))
                .setParameter("id", conversation.id().value())
                .setParameter("tenant", conversation.tenant().value())
                .setParameter("owner", conversation.owner().value())
                .executeUpdate();
    }
}
