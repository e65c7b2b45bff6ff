package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.local.postgres.LocalDatabase;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the database itself refuses, whatever a statement says. Nothing of it stays: each transaction is rolled back.
 */
class AuditTablesTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String OTHER_RECORD = "audit_record_is_one";
    private static final String FOREIGN = "row-level security policy for table \"audit_record\"";
    private static final String CONVERSATION = "11111111-0000-4000-8000-000000000001";

    private final TestDatabase database = TestDatabase.shared();
    private final TenantId tenant = People.someTenant();
    private final User vic = People.someone(tenant, Role.VIEWER);
    private final User ada = People.someone(tenant, Role.ADMIN);

    @Test
    void what_is_looked_up_is_read_from_the_body() throws SQLException {
        UUID id = AuditBodies.id();
        String more = ",\"agent\":\"orders-assistant\",\"resource\":\"ORD-003\",\"version\":7,\"conversation\":\""
                + CONVERSATION
                + "\",\"run\":\"11111111-0000-4000-8000-000000000002\",\"joins\":\"11111111-0000-4000-8000-000000000004\""
                + ",\"request\":\"11111111-0000-4000-8000-000000000003\",\"authentication_off\":true";
        try (Connection connection = database.connectAs(RowIdentity.system());
                Statement statement = connection.createStatement()) {
            AuditBodies.insert(connection, id, AuditBodies.body(id, tenant, Optional.of(vic.id()), more));
            assertEquals(
                    String.join(
                            " ",
                            tenant.toString(),
                            vic.id().toString(),
                            "orders-assistant ORD-003",
                            CONVERSATION,
                            "11111111-0000-4000-8000-000000000002 11111111-0000-4000-8000-000000000003"
                                    + " 11111111-0000-4000-8000-000000000004"),
                    one(
                            statement,
                            "select concat_ws(' ', tenant, user_id, agent, resource, conversation, run, request, joins)"
                                    + " from audit_record where id = '" + id + "'"));
            assertEquals(id.toString(), one(statement, "select id from audit_unsealed where id = '" + id + "'"));
        }
    }

    @Test
    void what_a_record_does_not_say_is_nothing() throws SQLException {
        UUID id = AuditBodies.id();
        try (Connection connection = database.connectAs(RowIdentity.system());
                Statement statement = connection.createStatement()) {
            AuditBodies.insert(connection, id, AuditBodies.body(id, tenant, Optional.empty(), ""));
            assertEquals(
                    "0",
                    one(
                            statement,
                            "select num_nonnulls(user_id, agent, resource, conversation, run, request, joins)"
                                    + " from audit_record where id = '" + id + "'"));
        }
    }

    @Test
    void every_byte_of_a_body_is_kept() throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, tenant, Optional.empty(), ",\"client\":\"a\\u00e9\\\\ \\\"b\\/\"");
        try (Connection connection = database.connectAs(RowIdentity.system());
                Statement statement = connection.createStatement()) {
            AuditBodies.insert(connection, id, body);
            assertEquals(body, one(statement, "select body from audit_record where id = '" + id + "'"));
        }
    }

    /** Each differs in one thing from a body that is accepted before it, in the same transaction. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[{]\"id\" | { \"id\"",
                "\",\"at\" | \", \"at\"",
                "done\"[}] | done\" }",
                "12:00:00.000000Z | 12:00:00Z",
                "12:00:00.000000Z | 12:00:00.000000+00:00",
                "\"instance\":\"i1\" | \"instance\":\"\u00e9\"",
                "\"instance\":\"i1\" | \"instance\":null",
                "\"instance\":\"i1\" | \"instance\":{}",
                "\"instance\":\"i1\" | \"instance\":[1]",
                "\"instance\":\"i1\" | \"instance\":1.5",
                "\"instance\":\"i1\" | \"Instance\":\"i1\"",
                "\"instance\":\"i1\" | \"instance\":\"i1\",\"instance\":\"i2\"",
                "\"instance\":\"i1\" | \"instance\":\"i1\",\"id\":\"i2\"",
                "\"instance\":\"i1\" | \"instance\":\"i1\",\"\\u0069nstance\":\"i2\"",
                "\"id\" | \"ID\"",
                "\"id\":\"0 | \"id\":\"1",
            })
    void a_body_that_is_no_record_is_refused(String what, String mistake) throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, tenant, Optional.empty(), "");
        String other = body.replaceFirst(what, Matcher.quoteReplacement(mistake));
        assertFalse(body.equals(other), other);
        refusesBody(id, body, other, OTHER_RECORD);
    }

    @Test
    void a_body_that_is_too_long_is_refused() throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, tenant, Optional.empty(), "");
        String longest = body.replace("\"i1\"", "\"" + "i".repeat(8192 - body.length() + 2) + "\"");
        refusesBody(id, longest, longest.replace("\"ii", "\"iii"), OTHER_RECORD);
    }

    @Test
    void a_body_that_tells_no_tenant_is_refused() throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, tenant, Optional.empty(), "");
        refusesBody(id, body, body.replace("\"tenant\"", "\"tenants\""), "column \"tenant\"");
        refusesBody(id, body, "[" + body + "]", "column \"tenant\"");
        refusesBody(id, body, "{}", "column \"tenant\"");
        refusesBody(id, body, body.replace("i1", "i\t1"), "invalid input syntax for type json");
        refusesBody(id, body, body.replace(tenant.toString(), "none"), "invalid input syntax for type uuid");
    }

    @Test
    void an_id_of_another_kind_is_refused() throws SQLException {
        UUID random = UUID.randomUUID();
        refuses(
                OTHER_RECORD,
                connection ->
                        AuditBodies.insert(connection, random, AuditBodies.body(random, tenant, Optional.empty(), "")));
    }

    @Test
    void people_add_records_of_themselves_alone() throws SQLException {
        addsItsOwnOnly(RowIdentity.of(vic), "", Optional.of(ada.id()), tenant);
        addsItsOwnOnly(RowIdentity.of(vic), "", Optional.of(vic.id()), People.someTenant());
        addsItsOwnOnly(RowIdentity.of(vic), "", Optional.empty(), tenant);
    }

    @Test
    void agents_as_themselves_add_records_of_nobody_alone() throws SQLException {
        RowIdentity agent = identity(Optional.of(tenant), Optional.empty(), "Analyst", Optional.of("night-agent"));
        String named = ",\"agent\":\"night-agent\"";
        adds(agent, Optional.empty(), tenant, named);
        doesNotAdd(agent, Optional.of(vic.id()), tenant, named);
        doesNotAdd(agent, Optional.empty(), People.someTenant(), named);
        doesNotAdd(agent, Optional.empty(), tenant, ",\"agent\":\"orders-assistant\"");
    }

    @Test
    void an_agent_adds_records_that_name_it() throws SQLException {
        RowIdentity through =
                identity(Optional.of(tenant), Optional.of(vic.id()), "Viewer", Optional.of("orders-assistant"));
        adds(through, Optional.of(vic.id()), tenant, ",\"agent\":\"orders-assistant\"");
        doesNotAdd(through, Optional.of(vic.id()), tenant, ",\"agent\":\"night-agent\"");
        doesNotAdd(through, Optional.of(vic.id()), tenant, "");
    }

    @Test
    void nobody_adds_nothing() throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, tenant, Optional.empty(), "");
        try (Connection connection = database.connectAs(RowIdentity.system())) {
            AuditBodies.insert(connection, id, body);
        }
        try (Connection connection = database.connectAsApplication()) {
            SQLException refusal = assertThrows(SQLException.class, () -> AuditBodies.insert(connection, id, body));
            assertTrue(refusal.getMessage().contains(FOREIGN), refusal.getMessage());
        }
    }

    @Test
    void records_are_read_by_administrators_of_their_tenant_and_by_the_system() throws SQLException {
        UUID id = AuditBodies.id();
        try (Connection connection = database.connectAs(RowIdentity.of(vic))) {
            AuditBodies.insert(connection, id, AuditBodies.body(id, tenant, Optional.of(vic.id()), ""));
            connection.commit();
        }
        assertEquals(1, found(id, RowIdentity.system()));
        assertEquals(1, found(id, identity(Optional.of(tenant), Optional.of(ada.id()), "Admin", Optional.empty())));
        for (String role : Set.of("Viewer", "Analyst", "PM", "none", "system ")) {
            assertEquals(
                    0, found(id, identity(Optional.of(tenant), Optional.of(ada.id()), role, Optional.empty())), role);
        }
        assertEquals(0, found(id, RowIdentity.of(vic)));
        assertEquals(
                0,
                found(id, identity(Optional.of(tenant), Optional.of(ada.id()), "Admin", Optional.of("night-agent"))));
        assertEquals(
                0,
                found(
                        id,
                        identity(Optional.of(People.someTenant()), Optional.of(ada.id()), "Admin", Optional.empty())));
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            assertEquals("0", one(statement, "select count(*) from audit_record"));
        }
    }

    @Test
    void the_chain_is_written_by_the_system_alone() throws SQLException {
        RowIdentity admin = identity(Optional.of(tenant), Optional.of(ada.id()), "Admin", Optional.empty());
        for (String insert : Set.of(
                "insert into audit_seal values (900000000, gen_random_uuid(), sha256(''), sha256(''))",
                "insert into audit_checkpoint values (900000000, now(), 'note', sha256(''))")) {
            try (Connection connection = database.connectAs(RowIdentity.system());
                    Statement statement = connection.createStatement()) {
                assertEquals(1, statement.executeUpdate(insert));
            }
            try (Connection connection = database.connectAs(admin);
                    Statement statement = connection.createStatement()) {
                SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(insert));
                assertTrue(refusal.getMessage().contains("row-level security"), refusal.getMessage());
            }
        }
        try (Connection connection = database.connectAs(RowIdentity.of(vic));
                Statement statement = connection.createStatement()) {
            UUID id = AuditBodies.id();
            AuditBodies.insert(connection, id, AuditBodies.body(id, tenant, Optional.of(vic.id()), ""));
            assertEquals("0", one(statement, "select count(*) from audit_unsealed"));
            assertEquals(0, statement.executeUpdate("delete from audit_unsealed"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_record set body = '{}'",
                "delete from audit_record",
                "truncate audit_record",
                "update audit_seal set leaf = chain",
                "delete from audit_seal",
                "truncate audit_seal",
                "update audit_checkpoint set note = ''",
                "delete from audit_checkpoint",
                "truncate audit_checkpoint",
                "update audit_unsealed set id = gen_random_uuid()",
                "truncate audit_unsealed"
            })
    void nobody_changes_what_is_on_record(String sql) throws SQLException {
        try (Connection connection = database.connectAs(RowIdentity.system());
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
            assertTrue(refusal.getMessage().contains("permission denied for table"), refusal.getMessage());
        }
        for (String before :
                Set.of("set role " + LocalDatabase.OWNER, "reset role", "set session_replication_role = replica")) {
            try (Connection connection = database.postgres().superuser();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(before);
                SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
                assertTrue(refusal.getMessage().contains("only ever added to"), refusal.getMessage());
            }
        }
        // It is the triggers that did it: without them the same statement is carried out.
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : Set.of("audit_record", "audit_seal", "audit_checkpoint", "audit_unsealed")) {
                statement.execute("alter table " + table + " disable trigger all");
            }
            assertDoesNotThrow(() -> statement.execute(sql.replace("body = '{}'", "id = id")));
            connection.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table audit_record disable trigger all",
                "alter table audit_record no force row level security",
                "drop trigger audit_record_is_append_only on audit_record",
                "drop policy records_are_read_by_the_system on audit_record",
                "create policy mine on audit_record using (true)",
                "drop table audit_seal",
                "create or replace function audit_is_append_only() returns trigger language sql as ''",
                "set session_replication_role = replica",
                "insert into audit_unsealed values (gen_random_uuid())",
                "insert into audit_record (id, body, tenant) values (gen_random_uuid(), '{}', gen_random_uuid())",
                "select audit_is_append_only()"
            })
    void the_application_cannot_change_that(String sql) throws SQLException {
        try (Connection connection = database.connectAs(RowIdentity.system());
                Statement statement = connection.createStatement()) {
            assertEquals("0", one(statement, "select count(*) from audit_record where false"));
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertTrue(Set.of(INSUFFICIENT_PRIVILEGE, "428C9").contains(refusal.getSQLState()), refusal.getMessage());
        }
    }

    private interface Statements {
        void on(Connection connection) throws SQLException;
    }

    private void refuses(String why, Statements statements) throws SQLException {
        try (Connection connection = database.connectAs(RowIdentity.system())) {
            SQLException refusal = assertThrows(SQLException.class, () -> statements.on(connection));
            assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        }
    }

    private void refusesBody(UUID id, String good, String bad, String why) throws SQLException {
        try (Connection connection = database.connectAs(RowIdentity.system())) {
            AuditBodies.insert(connection, id, good);
        }
        refuses(why, connection -> AuditBodies.insert(connection, id, bad));
    }

    private void addsItsOwnOnly(RowIdentity identity, String more, Optional<UserId> foreign, TenantId where)
            throws SQLException {
        adds(identity, Optional.of(vic.id()), tenant, more);
        doesNotAdd(identity, foreign, where, more);
    }

    private void adds(RowIdentity identity, Optional<UserId> user, TenantId where, String more) throws SQLException {
        UUID id = AuditBodies.id();
        try (Connection connection = database.connectAs(identity)) {
            AuditBodies.insert(connection, id, AuditBodies.body(id, where, user, more));
        }
    }

    private void doesNotAdd(RowIdentity identity, Optional<UserId> user, TenantId where, String more)
            throws SQLException {
        SQLException refusal = assertThrows(SQLException.class, () -> adds(identity, user, where, more));
        assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        assertTrue(refusal.getMessage().contains("audit_record"), refusal.getMessage());
    }

    private int found(UUID id, RowIdentity identity) throws SQLException {
        try (Connection connection = database.connectAs(identity);
                Statement statement = connection.createStatement()) {
            return Integer.parseInt(one(statement, "select count(*) from audit_record where id = '" + id + "'"));
        }
    }

    private static RowIdentity identity(
            Optional<TenantId> tenant, Optional<UserId> user, String role, Optional<String> agent) {
        return new RowIdentity(tenant, user, role, agent, Set.of(), UUID.randomUUID(), Instant.now());
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            assertTrue(row.next(), query);
            return row.getString(1);
        }
    }
}
