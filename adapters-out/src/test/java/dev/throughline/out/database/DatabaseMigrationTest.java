package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import dev.throughline.trail.ToolCallLog.Sought;
import dev.throughline.trail.VerifiedToolCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseMigrationTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final TestDatabase database = TestDatabase.shared();

    @Test
    void migrating_again_changes_nothing() {
        assertDoesNotThrow(() -> database.migrate());
    }

    @Test
    void a_package_without_migrations_does_not_start() {
        assertThrows(IllegalStateException.class, () -> database.migrate("classpath:db/nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"; drop table orders; --", "two words"})
    void a_role_that_is_no_name_is_refused(String role) {
        assertDoesNotThrow(() -> new DatabaseRoles("owner", "app"));
        assertThrows(IllegalArgumentException.class, () -> new DatabaseRoles("owner", role));
        assertThrows(IllegalArgumentException.class, () -> new DatabaseRoles(role, "app"));
    }

    @Test
    void the_application_reads_orders() throws SQLException {
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            assertDoesNotThrow(() -> statement.executeQuery("select count(*) from orders"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate orders",
                "drop table orders",
                "alter table orders add column note text",
                "create table other (id int)",
                "update tool_call set decision = 'permit'",
                "update tool_call set approval = null",
                "update approval set arguments = '{}'",
                "update approval set expires_at = now()",
                "truncate approval",
                "update consent set owner = tenant",
                "delete from consent",
                "update run set conversation = id",
                "update run set owner = tenant",
                "update orders set owner = tenant",
                "update orders set number = 1",
                "update conversation set tenant = owner",
                "select * from identity.key",
                "select identity.mac(k, '') from identity.key k",
                "select identity.seal(k, '') from identity.key k",
                "select setval('orders_number_seq', 1)",
                "select * from flyway_schema_history"
            })
    void the_application_may_do_no_more_than_it_needs(String sql) throws SQLException {
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        }
    }

    @Test
    void the_first_order_after_the_samples_is_ORD_009() throws SQLException {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            fresh.postgres().loadSamples();
            User pat = People.someone(People.someTenant(), Role.PM);
            Order order = new JpaOrders(fresh.asApplication(), TestDatabase.audit(), Clock.systemUTC())
                    .add(
                            People.permit(pat, Action.CREATE_ORDER),
                            new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
            assertEquals("ORD-009", order.id().value());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "approval_state_is_known | state = 'perhaps'",
                "approval_version_counts_up | version = 0",
                "approval_digest_is_a_sha_256 | arguments_digest = 'digest'",
                "approval_expires_after_it_was_asked | expires_at = asked_at"
            })
    void an_approval_that_cannot_be_is_not_kept(String rule, String mistake) throws SQLException {
        refuses(
                "insert into approval values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'a',"
                        + " 'get-order', repeat('0', 64), 1, 'p', '{}', null, null, 'pending', now(),"
                        + " now() + interval '1 s')",
                "update approval set " + mistake,
                rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consent_state_is_known | state = 'none'",
                "consent_is_one_for_each_agent | tenant = '00000000-0000-0000-0000-000000000001',"
                        + " owner = '00000000-0000-0000-0000-000000000002', agent = 'a'"
            })
    void an_entry_of_the_ledger_that_cannot_be_is_not_kept(String rule, String mistake) throws SQLException {
        refuses(
                "insert into consent values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'a', '',"
                        + " 'asked', now()), (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'a', '',"
                        + " 'asked', now())",
                "update consent set " + mistake,
                rule);
    }

    @Test
    void conversations_of_the_version_before_agents_acted_can_be_gone_on_with() throws SQLException {
        try (TestDatabase old = TestDatabase.empty()) {
            old.migrateTo("3");
            User vic = People.someone(People.someTenant());
            ConversationId waiting = insertOld(old, vic, "resp_1", "  list my\n\torders " + "x".repeat(100));
            ConversationId answered = insertOld(old, vic, "resp_2", null);
            ConversationId blank = insertOld(old, vic, null, " ");
            Instant before = Instant.now().minusSeconds(60);

            old.restart();
            old.migrate();

            JpaConversations conversations = new JpaConversations(old.asApplication(), TestDatabase.audit());
            Conversation waited = conversations.find(vic, waiting).orElseThrow();
            assertEquals("list my orders " + "x".repeat(65), waited.title());
            assertEquals(Optional.of("resp_1"), waited.lastResponse());
            assertEquals(Optional.empty(), waited.waiting());
            assertTrue(waited.createdAt().isAfter(before));
            assertEquals(waited.createdAt(), waited.changedAt());
            assertEquals(2, waited.version());
            for (ConversationId id : List.of(answered, blank)) {
                Conversation conversation = conversations.find(vic, id).orElseThrow();
                assertEquals("Conversation with orders-assistant", conversation.title());
                assertEquals(List.of(), conversations.runs(vic, id));
            }
            assertEquals(
                    3, conversations.list(vic, 20, Optional.empty()).items().size());
            assertTrue(conversations.replace(waited));
        }
    }

    @Test
    void tool_calls_of_the_version_before_agents_acted_used_no_approval() throws SQLException {
        try (TestDatabase old = TestDatabase.empty()) {
            old.migrateTo("3");
            try (Connection connection = old.connectAsApplication();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into tool_call values ('00000000-0000-0000-0000-000000000001',"
                        + " '00000000-0000-0000-0000-000000000002', null, 'night-agent', 'client', 'the-api', '',"
                        + " 'list-orders', 'digest', 'permit', 'tenant_rows', now(), false)");
            }
            Instant before = Instant.now().minusSeconds(60);

            old.restart();
            old.migrate();

            JpaToolCallLog log = new JpaToolCallLog(old.asApplication(), TestDatabase.audit(), Thread::new);
            TenantId tenant = new TenantId(UUID.fromString("00000000-0000-0000-0000-000000000002"));
            VerifiedToolCall call = log.claim(
                            People.person(People.someone(tenant)),
                            new Sought(tenant, Optional.empty(), new ClientId("client"), "list-orders", "digest"),
                            before)
                    .orElseThrow();
            log.close();
            assertEquals(Optional.empty(), call.approval());
        }
    }

    @Test
    void what_the_version_before_identities_kept_is_its_persons_and_nobody_elses() throws SQLException {
        try (TestDatabase old = TestDatabase.empty()) {
            old.migrateTo("4");
            User vic = People.someone(People.someTenant(), Role.PM);
            User ada = People.someone(vic.tenant(), Role.PM);
            try (Connection connection = old.connectAsApplication();
                    Statement statement = connection.createStatement()) {
                for (User person : List.of(vic, ada)) {
                    String whose = "'" + person.tenant() + "', '" + person.id() + "'";
                    statement.execute("insert into orders (tenant, owner, customer_name, product, quantity, status,"
                            + " created_at, version) values (" + whose + ", 'Zoe', 'Lamp', 1, 'pending', now(), 1)");
                    statement.execute(
                            "insert into conversation (id, tenant, owner, agent, title, created_at, changed_at,"
                                    + " version) values ('" + person.id() + "', " + whose
                                    + ", 'a', 't', now(), now(), 1)");
                    statement.execute("insert into run (id, conversation, at, answer, tools, outcome, hops) values"
                            + " (gen_random_uuid(), '" + person.id() + "', now(), 'kept', '[]', 'answered', '[]')");
                }
            }

            old.restart();
            old.migrate();

            assertDoesNotThrow(old::checkGuards);
            JpaConversations conversations = new JpaConversations(old.asApplication(), TestDatabase.audit());
            for (User person : List.of(vic, ada)) {
                ConversationId id = new ConversationId(person.id().value());
                assertEquals("kept", conversations.runs(person, id).get(0).text());
                try (Connection connection = old.connectAs(SomeRows.with("Viewer", person))) {
                    for (String table : List.of("orders", "conversation", "run")) {
                        assertEquals(1, rows(connection, table), table);
                    }
                }
                assertTrue(conversations.delete(People.own(person, Action.CONVERSATIONS), id), "Its runs go with it");
            }
        }
    }

    private static int rows(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getInt(1);
        }
    }

    private static ConversationId insertOld(
            TestDatabase old, User owner, @Nullable String response, @Nullable String message) throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = old.connectAsApplication();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into conversation (id, tenant, owner, agent, last_response, waiting, version)"
                                + " values (?, ?, ?, 'orders-assistant', ?, ?, 2)")) {
            statement.setObject(1, id);
            statement.setObject(2, owner.tenant().value());
            statement.setObject(3, owner.id().value());
            statement.setString(4, response);
            statement.setString(5, message);
            statement.executeUpdate();
        }
        return new ConversationId(id);
    }

    /** As the superuser, whom nothing but the table's own rules can refuse; nothing of it stays. */
    private void refuses(String insert, String mistake, String rule) throws SQLException {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertTrue(statement.executeUpdate(insert) > 0);
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(mistake));
            assertTrue(refusal.getMessage().contains(rule), refusal.getMessage());
            connection.rollback();
        }
    }
}
