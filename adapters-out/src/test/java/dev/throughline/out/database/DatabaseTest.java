package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.Unavailable;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.out.People;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final TestDatabase databases = TestDatabase.shared();
    private final WaitingJson json = new WaitingJson(new StoredJson());

    @Test
    void a_query_in_time_is_answered_and_one_out_of_time_is_an_outage() {
        Database impatient = databases.asApplication("jakarta.persistence.query.timeout", "1000");
        assertEquals(1, sleep(impatient, 0));
        assertThrows(Unavailable.class, () -> sleep(impatient, 5));
    }

    @Test
    void a_database_that_is_away_is_an_outage() {
        JpaConversations conversations = new JpaConversations(databases.away(), TestDatabase.audit());
        Unavailable outage = assertThrows(
                Unavailable.class,
                () -> conversations.find(People.someone(People.someTenant()), new ConversationId(UUID.randomUUID())));
        assertEquals("database", outage.getMessage());
    }

    @Test
    void a_broken_constraint_is_an_error_of_ours() {
        Database database = databases.asApplication();
        User vic = People.someone(People.someTenant());
        ConversationId id = new ConversationId(UUID.randomUUID());
        database.transaction(RowIdentity.of(vic), entities -> {
            entities.persist(ConversationRow.of(begun(vic, id), json));
            return id;
        });
        RuntimeException error = assertThrows(
                RuntimeException.class,
                () -> database.transaction(RowIdentity.of(vic), entities -> {
                    entities.persist(ConversationRow.of(begun(vic, id), json));
                    return id;
                }));
        assertFalse(error instanceof Unavailable, error.toString());
    }

    @Test
    void work_that_throws_leaves_nothing_behind() {
        Database database = databases.asApplication();
        User vic = People.someone(People.someTenant());
        ConversationId id = new ConversationId(UUID.randomUUID());
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(RowIdentity.of(vic), entities -> {
                    entities.persist(ConversationRow.of(begun(vic, id), json));
                    entities.flush();
                    throw new IllegalStateException("changed my mind");
                }));
        assertEquals(Optional.empty(), new JpaConversations(database, TestDatabase.audit()).find(vic, id));
    }

    private static Object sleep(Database database, int seconds) {
        return database.transaction(
                RowIdentity.system(),
                entities -> entities.createNativeQuery("select 1 from (select pg_sleep(" + seconds + ")) as slept")
                        .getSingleResult());
    }

    private static Conversation begun(User owner, ConversationId id) {
        return new Conversation(
                id,
                owner.tenant(),
                owner.id(),
                "agent",
                "title",
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }
}
