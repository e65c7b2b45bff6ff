package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Action;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.RunRecord;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JpaConversationsTest extends ConversationsContract {
    private final JpaConversations conversations =
            new JpaConversations(TestDatabase.shared().asApplication(), TestDatabase.audit());
    private final User vic = People.someone(People.someTenant());
    private final ConversationId id = new ConversationId(UUID.randomUUID());
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Override
    Conversations conversations() {
        return conversations;
    }

    @Test
    void the_one_character_that_PostgreSQL_cannot_keep_costs_nobody_their_run() {
        conversations.add(begun("ti\u0000tle"));
        conversations.keep(
                People.own(vic, Action.CHAT),
                "orders-assistant",
                run(start, Optional.of("mess\u0000age"), "te\u0000xt", Optional.of("de\u0000tail")));
        assertEquals("ti\uFFFDtle", conversations.find(vic, id).orElseThrow().title());
        RunRecord kept = conversations.runs(vic, id).get(0);
        assertEquals(Optional.of("mess\uFFFDage"), kept.message());
        assertEquals("te\uFFFDxt", kept.text());
        assertEquals(Optional.of("de\uFFFDtail"), kept.detail());
    }

    @Test
    void runs_that_nobody_is_shown_any_more_are_not_kept() throws SQLException {
        conversations.add(begun("list my orders"));
        for (int i = 0; i < Conversations.MOST_RUNS + 3; i++) {
            conversations.keep(
                    People.own(vic, Action.CHAT),
                    "orders-assistant",
                    run(start.plusSeconds(i), Optional.empty(), "", Optional.empty()));
        }
        assertEquals(Conversations.MOST_RUNS, rowsOf(id));
    }

    @Test
    void of_a_deleted_conversation_nothing_is_left() throws SQLException {
        conversations.add(begun("list my orders"));
        conversations.keep(
                People.own(vic, Action.CHAT), "orders-assistant", run(start, Optional.empty(), "", Optional.empty()));
        assertEquals(1, rowsOf(id));
        conversations.delete(People.own(vic, Action.CONVERSATIONS), id);
        assertEquals(0, rowsOf(id));
    }

    @Test
    @Timeout(30)
    void a_run_that_ends_while_its_conversation_is_being_deleted_is_not_kept_and_breaks_nothing() throws Exception {
        conversations.add(begun("list my orders"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection deleting = TestDatabase.shared().connectAs(RowIdentity.of(vic));
                PreparedStatement statement = deleting.prepareStatement("delete from conversation where id = ?")) {
            statement.setObject(1, id.value());
            assertEquals(1, statement.executeUpdate());
            Future<?> keeping = thread.submit(() -> conversations.keep(
                    People.own(vic, Action.CHAT),
                    "orders-assistant",
                    run(start, Optional.empty(), "", Optional.empty())));
            awaitSomebodyWaiting();
            deleting.commit();
            keeping.get(20, TimeUnit.SECONDS);
        } finally {
            thread.shutdown();
        }
        assertEquals(0, rowsOf(id));
    }

    private static void awaitSomebodyWaiting() throws SQLException, InterruptedException {
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                Statement statement = connection.createStatement()) {
            int waiting = 0;
            while (waiting == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
                ResultSet locks = statement.executeQuery("select count(*) from pg_locks where not granted");
                locks.next();
                waiting = locks.getInt(1);
            }
        }
    }

    private Conversation begun(String title) {
        return new Conversation(
                id,
                vic.tenant(),
                vic.id(),
                "orders-assistant",
                title,
                Optional.empty(),
                Optional.empty(),
                start,
                start,
                1);
    }

    private RunRecord run(Instant at, Optional<String> message, String text, Optional<String> detail) {
        return new RunRecord(
                UUID.randomUUID(), id, at, message, text, List.of(), RunRecord.ANSWERED, detail, List.of());
    }

    private static int rowsOf(ConversationId id) throws SQLException {
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from run where conversation = ?")) {
            statement.setObject(1, id.value());
            ResultSet count = statement.executeQuery();
            count.next();
            return count.getInt(1);
        }
    }
}
