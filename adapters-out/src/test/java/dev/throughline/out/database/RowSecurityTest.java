package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.out.database.RowIdentity.Verb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What statements of any kind can do as the application's role, whatever it is that put them there. */
class RowSecurityTest {
    private static final String REFUSED = "42501";

    private final TestDatabase database = TestDatabase.shared();
    private final SomeRows rows = new SomeRows(database);
    private final User vic = rows.vic;
    private final User ada = rows.ada;

    RowSecurityTest() throws SQLException {}

    static Set<String> tables() {
        return SomeRows.tables();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void without_an_identity_there_is_no_row_and_none_can_be_put_there(String table) throws SQLException {
        try (Connection somebody = rows.as(vic)) {
            assertEquals(1, rows.seen(somebody, table, List.of(vic)));
            assertTrue(execute(somebody, SomeRows.update(table)) > 0);
            assertEquals(1, SomeRows.insert(somebody, table, vic));
        }
        try (Connection nobody = database.connectAsApplication()) {
            assertEquals(0, rows.seen(nobody, table));
            assertEquals(0, execute(nobody, SomeRows.update(table)));
            if (!table.equals("run")) {
                assertRefused(() -> SomeRows.insert(nobody, table, vic));
            } else {
                assertEquals(0, SomeRows.insert(nobody, table, vic));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_person_sees_and_changes_no_row_of_somebody_else(String table) throws SQLException {
        try (Connection own = database.connectAs(RowIdentity.of(vic))) {
            boolean orders = table.equals("orders");
            assertEquals(orders ? 0 : 1, rows.seen(own, table));
            assertEquals(orders ? 0 : 1, execute(own, SomeRows.update(table)));
        }
        try (Connection superuser = database.postgres().superuser()) {
            assertEquals(3, rows.seen(superuser, table));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "conversation", "approval", "consent", "tool_call"})
    void a_row_can_be_given_to_nobody_else(String table) throws SQLException {
        for (User other : List.of(ada, rows.namesake, People.someone(vic.tenant()))) {
            try (Connection own = rows.as(vic)) {
                assertEquals(1, SomeRows.insert(own, table, vic));
            }
            try (Connection own = rows.as(vic)) {
                assertRefused(() -> SomeRows.insert(own, table, other));
            }
        }
        String owner = table.equals("tool_call") ? "user_id" : "owner";
        for (String column : List.of("tenant", owner)) {
            try (Connection own = rows.as(vic)) {
                assertRefused(() -> execute(own, "update " + table + " set " + column + " = gen_random_uuid()"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0, 0, 0, 0",
        "Viewer, 1, 0, 0, 0",
        "Analyst, 2, 0, 0, 0",
        "PM, 2, 1, 2, 0",
        "Admin, 2, 1, 2, 2",
        "system, 0, 0, 0, 0",
        "admin, 0, 0, 0, 0",
        "'', 0, 0, 0, 0"
    })
    void a_role_sees_and_changes_the_orders_that_it_may(String role, int seen, int placed, int amended, int deleted)
            throws SQLException {
        RowIdentity identity = SomeRows.with(role, vic);
        try (Connection connection = database.connectAs(identity)) {
            assertEquals(seen, rows.seen(connection, "orders"));
            assertEquals(amended, execute(connection, SomeRows.update("orders")));
            assertEquals(deleted, execute(connection, "delete from orders"));
            if (placed == 1) {
                assertEquals(1, SomeRows.insert(connection, "orders", vic));
            } else {
                assertRefused(() -> SomeRows.insert(connection, "orders", vic));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0, 0, 0",
        "READ, 2, 0, 0, 0",
        "INSERT, 0, 1, 0, 0",
        "READ UPDATE, 2, 0, 2, 0",
        "UPDATE, 0, 0, 2, 0",
        "READ DELETE, 2, 0, 0, 2",
        "READ INSERT UPDATE DELETE, 2, 1, 2, 2"
    })
    void an_agent_leaves_a_person_no_more_than_its_grant(String may, int seen, int placed, int amended, int deleted)
            throws SQLException {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (String verb : may.split(" ")) {
            if (!verb.isEmpty()) {
                verbs.add(Verb.valueOf(verb));
            }
        }
        RowIdentity identity = SomeRows.through(Optional.of("assistant"), "Admin", vic, verbs);
        try (Connection connection = database.connectAs(identity)) {
            assertEquals(seen, rows.seen(connection, "orders"));
            // Without a condition, which would have to be read.
            assertEquals(amended, execute(connection, "update orders set status = 'shipped'"));
            assertEquals(deleted, execute(connection, "delete from orders"));
            if (placed == 1) {
                assertEquals(1, SomeRows.insert(connection, "orders", vic));
            } else {
                assertRefused(() -> SomeRows.insert(connection, "orders", vic));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation", "run", "consent", "tool_call"})
    void an_agent_sees_nothing_of_its_persons_own_affairs(String table) throws SQLException {
        try (Connection person = rows.as(vic)) {
            assertEquals(1, rows.seen(person, table));
        }
        try (Connection agent = database.connectAs(throughAgent("assistant"))) {
            assertEquals(0, rows.seen(agent, table));
            assertEquals(0, execute(agent, SomeRows.update(table)));
        }
    }

    @Test
    void an_agent_can_use_up_what_its_person_approved_and_approve_nothing() throws SQLException {
        try (Connection agent = database.connectAs(throughAgent("assistant"))) {
            assertEquals(1, rows.seen(agent, "approval"));
            assertEquals(0, execute(agent, "update approval set state = 'approved' where state = 'pending'"));
        }
        try (Connection person = rows.as(vic)) {
            assertEquals(1, execute(person, "update approval set state = 'approved' where state = 'pending'"));
            person.commit();
        }
        try (Connection another = database.connectAs(throughAgent("another"))) {
            assertEquals(0, rows.seen(another, "approval"));
            assertEquals(0, execute(another, "update approval set state = 'used'"));
        }
        try (Connection agent = database.connectAs(throughAgent("assistant"))) {
            assertEquals(1, execute(agent, "update approval set state = 'used'"));
            assertRefused(() -> SomeRows.insert(agent, "approval", vic));
        }
        try (Connection agent = database.connectAs(throughAgent("assistant"))) {
            assertRefused(() -> execute(agent, "update approval set state = 'pending'"));
        }
    }

    @Test
    void the_system_sees_what_is_to_be_forgotten_and_nothing_else() throws SQLException {
        try (Connection system = database.connectAs(RowIdentity.system())) {
            for (String table : SomeRows.tables()) {
                assertEquals(0, rows.seen(system, table), table);
            }
            assertEquals(0, execute(system, "delete from approval where owner = '" + vic.id() + "'"));
            assertEquals(0, execute(system, "delete from tool_call where user_id = '" + vic.id() + "'"));
        }
        try (Connection superuser = database.postgres().superuser()) {
            execute(
                    superuser,
                    "update approval set asked_at = now() - interval '1 day', expires_at = now() - interval '1 s'"
                            + " where owner = '" + vic.id() + "'");
            execute(superuser, "update tool_call set at = now() - interval '1 day' where user_id = '" + vic.id() + "'");
        }
        try (Connection system = database.connectAs(RowIdentity.system())) {
            assertEquals(2, execute(system, "delete from approval where owner = '" + vic.id() + "'"));
            assertEquals(2, execute(system, "delete from tool_call where user_id = '" + vic.id() + "'"));
        }
    }

    // Forged identities.

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settings_that_anybody_can_make_are_no_identity(boolean local) throws SQLException {
        String claims = SomeRows.strongest(vic).claims();
        for (String seal : List.of("", claims, "0".repeat(64), database.macOf(claims), "\\", "|")) {
            try (Connection connection = database.connectAsApplication()) {
                connection.setAutoCommit(false);
                set(connection, "identity.claims", claims, local);
                set(connection, "identity.seal", seal, local);
                set(connection, "identity.tenant", vic.tenant().toString(), local);
                set(connection, "app.tid", vic.tenant().toString(), local);
                for (String table : tables()) {
                    assertEquals(0, rows.seen(connection, table), table);
                }
                // It stands in nobody's way either.
                database.enter(connection, SomeRows.strongest(vic));
                assertEquals(2, rows.seen(connection, "orders"));
            }
        }
    }

    @Test
    void what_was_kept_in_one_transaction_is_of_no_use_in_another() throws SQLException {
        try (Connection one = rows.as(vic);
                Connection other = database.connectAsApplication()) {
            Kept kept = kept(one);
            set(one, kept, true);
            assertEquals(2, rows.seen(one, "orders"));
            other.setAutoCommit(false);
            set(other, kept, true);
            assertEquals(0, rows.seen(other, "orders"));
            set(one, kept, false);
            one.commit();
            assertEquals(kept, kept(one));
            assertEquals(0, rows.seen(one, "orders"));
        }
    }

    @Test
    void a_seal_that_somebody_made_with_a_key_of_their_own_is_none() throws SQLException {
        String claims = SomeRows.strongest(vic).claims();
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            set(connection, "identity.claims", claims, true);
            statement.execute("select set_config('identity.seal', identity.seal(row(true, sha256('a'), sha256('b'))"
                    + "::identity.key, current_setting('identity.claims')), true)");
            assertEquals(0, rows.seen(connection, "orders"));
        }
    }

    @Test
    void what_was_kept_is_of_no_use_with_other_claims() throws SQLException {
        try (Connection connection = rows.as(vic)) {
            Kept kept = kept(connection);
            set(connection, new Kept(SomeRows.strongest(rows.namesake).claims(), kept.seal()), true);
            assertEquals(0, rows.seen(connection, "orders"));
            set(connection, kept, true);
            assertEquals(2, rows.seen(connection, "orders"));
        }
    }

    @Test
    void claims_that_are_not_of_now_count_for_nothing() throws SQLException {
        for (long seconds : List.of(-290L, 290L)) {
            database.connectAs(at(Instant.now().plusSeconds(seconds))).close();
        }
        for (long seconds : List.of(-310L, 310L, -86_400L)) {
            RowIdentity stale = at(Instant.now().plusSeconds(seconds));
            assertEquals("identity refused: not of now", refusal(() -> database.connectAs(stale)));
        }
    }

    @Test
    void claims_that_were_changed_in_one_field_count_for_nothing() throws SQLException {
        RowIdentity identity = SomeRows.strongest(vic);
        String[] fields = identity.claims().split("\\|", -1);
        byte[] mac = database.key().mac(identity.claims());
        enter(identity.claims(), mac);
        for (int i = 0; i < fields.length; i++) {
            String[] changed = fields.clone();
            changed[i] = i == 1 || i == 2 ? ada.id().toString() : changed[i] + "1";
            String forged = String.join("|", changed);
            assertEquals("identity refused: not made with the key", refusal(() -> enter(forged, mac)));
        }
        for (byte[] other : List.of(new byte[32], new byte[0], new IdentityKey(new byte[32]).mac(identity.claims()))) {
            assertEquals("identity refused: not made with the key", refusal(() -> enter(identity.claims(), other)));
        }
        assertEquals(
                "identity refused: of another form",
                refusal(() -> enter("2|x", database.key().mac("2|x"))));
    }

    @Test
    void in_one_transaction_there_is_one_identity() throws SQLException {
        RowIdentity first = SomeRows.strongest(vic);
        try (Connection connection = database.connectAs(first)) {
            database.enter(connection, first);
            database.enter(connection, SomeRows.strongest(vic));
            assertEquals(2, rows.seen(connection, "orders"));
        }
        for (RowIdentity another : List.of(
                SomeRows.strongest(rows.namesake),
                SomeRows.with("Viewer", vic),
                throughAgent("assistant"),
                RowIdentity.of(vic),
                RowIdentity.system())) {
            try (Connection connection = database.connectAs(first)) {
                assertEquals(
                        "identity refused: another one has entered",
                        refusal(() -> database.enter(connection, another)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set role throughline_owner",
                "set role throughline_migrate",
                "set role postgres",
                "set session authorization postgres",
                "alter table orders no force row level security",
                "alter table orders disable row level security",
                "alter policy orders_are_read on orders using (true)",
                "drop policy orders_are_read on orders",
                "alter role throughline_app bypassrls",
                "grant throughline_owner to throughline_app",
                "create policy mine on orders using (true)",
                "create or replace view identity.who as select 1 as one",
                "create or replace function public.who() returns int language sql return 1",
                "alter view identity.who owner to throughline_app",
                "alter view identity.who set (security_invoker = true)",
                "create function identity.mac(text) returns int language sql return 1",
                "select inner_pad from identity.key",
                "update identity.key set inner_pad = outer_pad",
                "select identity.mac(k, '') from identity.key k",
                "select identity.seal(k, '') from identity.key k",
                "truncate orders",
                "truncate run, conversation",
                "copy orders to '/tmp/orders'",
                "copy orders from '/etc/passwd'",
                "copy orders to program 'cat'",
                "create view mine as select * from orders",
                "create temporary table orders (id int)",
                "create temporary view mine as select 1",
                "create materialized view mine as select * from orders",
                "create trigger mine before insert on orders for each row execute function suppress_redundant_updates_trigger()",
                "create rule mine as on insert to orders do instead nothing",
                "select lo_import('/etc/passwd')",
                "select pg_read_file('/etc/passwd')",
                "select * from pg_authid",
                "select setval('orders_number_seq', 1)"
            })
    void nothing_of_the_guards_can_be_got_round_or_taken_away(String statement) throws SQLException {
        try (Connection connection = rows.as(vic)) {
            assertEquals(1, execute(connection, "select 1"));
        }
        try (Connection connection = database.connectAsApplication()) {
            String state = assertThrows(SQLException.class, () -> execute(connection, statement))
                    .getSQLState();
            assertEquals(REFUSED, state);
        }
    }

    @Test
    void who_switches_row_security_off_gets_an_error_and_no_rows() throws SQLException {
        try (Connection connection = rows.as(vic)) {
            assertEquals(2, rows.seen(connection, "orders"));
            execute(connection, "set local row_security = off");
            assertRefused(() -> rows.seen(connection, "orders"));
        }
    }

    // Transactions and connections that are used again.

    @Test
    void a_savepoint_keeps_and_gives_back_the_identity_that_there_was() throws SQLException {
        try (Connection connection = rows.as(vic)) {
            Savepoint before = connection.setSavepoint();
            assertThrows(SQLException.class, () -> execute(connection, "select 1 / 0"));
            connection.rollback(before);
            assertEquals(2, rows.seen(connection, "orders"));
        }
        try (Connection connection = database.connectAsApplication()) {
            connection.setAutoCommit(false);
            Savepoint before = connection.setSavepoint();
            database.enter(connection, SomeRows.strongest(vic));
            assertEquals(2, rows.seen(connection, "orders"));
            connection.rollback(before);
            assertEquals(0, rows.seen(connection, "orders"));
            Savepoint again = connection.setSavepoint();
            database.enter(connection, SomeRows.strongest(vic));
            connection.releaseSavepoint(again);
            assertEquals(2, rows.seen(connection, "orders"));
        }
    }

    @Test
    void whoever_gets_a_connection_next_gets_nothing_of_whoever_had_it_before() throws SQLException {
        try (Connection pooled = rows.as(vic)) {
            assertEquals(2, rows.seen(pooled, "orders"));
            pooled.commit();
            assertEquals(0, rows.seen(pooled, "orders"));
            pooled.rollback();

            database.enter(pooled, SomeRows.strongest(vic));
            pooled.rollback();
            assertEquals(0, rows.seen(pooled, "orders"));
            pooled.rollback();

            database.enter(pooled, SomeRows.strongest(vic));
            assertThrows(SQLException.class, () -> execute(pooled, "select 1 / 0"));
            assertThrows(SQLException.class, () -> rows.seen(pooled, "orders"));
            pooled.rollback();
            assertEquals(0, rows.seen(pooled, "orders"));
            pooled.rollback();

            pooled.setAutoCommit(true);
            database.enter(pooled, SomeRows.strongest(vic));
            assertEquals(0, rows.seen(pooled, "orders"), "Each statement is a transaction");

            pooled.setAutoCommit(false);
            database.enter(pooled, SomeRows.strongest(rows.namesake));
            assertEquals(1, rows.seen(pooled, "orders"));
        }
    }

    @Test
    void a_cursor_shows_the_rows_of_whoever_opened_it() throws SQLException {
        try (Connection connection = rows.as(vic)) {
            execute(connection, "declare mine cursor with hold for select owner from orders");
            execute(connection, "declare open cursor for select owner from orders");
            assertEquals(2, fetched(connection, "open"));
            connection.commit();
            assertThrows(SQLException.class, () -> fetched(connection, "open"));
            connection.rollback();
            database.enter(connection, SomeRows.strongest(rows.namesake));
            assertEquals(2, fetched(connection, "mine"), "Vic's rows, which Vic has read");
            connection.commit();
            execute(connection, "declare nobodys cursor with hold for select owner from orders");
            connection.commit();
            database.enter(connection, SomeRows.strongest(vic));
            assertEquals(0, fetched(connection, "nobodys"));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void copies_hold_own_rows_and_are_no_way_in(String table) throws SQLException, IOException {
        try (Connection connection = rows.as(vic)) {
            String copied = copied(connection, table);
            assertTrue(copied.contains(vic.id().toString()), copied);
            assertFalse(copied.contains(rows.namesake.tenant().toString()), copied);
        }
        try (Connection nobody = database.connectAsApplication()) {
            assertEquals("", copied(nobody, table));
        }
        try (Connection connection = rows.as(vic)) {
            SQLException refusal = assertThrows(
                    SQLException.class,
                    () -> connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(new byte[0])));
            assertTrue(
                    refusal.getMessage().contains("COPY FROM not supported with row-level security"),
                    refusal.getMessage());
        }
    }

    // What constraints could tell.

    @Test
    void a_number_that_somebody_has_is_refused_like_one_that_nobody_has() throws SQLException {
        try (Connection connection = rows.as(vic)) {
            assertEquals(1, SomeRows.insert(connection, "orders", vic));
        }
        for (long number : List.of(numberOf(ada), numberOf(rows.namesake), 9_999_999_999L)) {
            try (Connection connection = rows.as(vic)) {
                execute(connection, "select nextval('orders_number_seq')");
                assertRefused(() -> execute(
                        connection,
                        "insert into orders values (" + number + ", '" + vic.tenant() + "', '" + vic.id()
                                + "', 'Zoe', 'Desk Lamp', 1, 'pending', now(), 1)"));
            }
        }
    }

    private long numberOf(User person) throws SQLException {
        try (Connection superuser = database.postgres().superuser();
                Statement query = superuser.createStatement();
                ResultSet found = query.executeQuery("select number from orders where tenant = '" + person.tenant()
                        + "' and owner = '" + person.id() + "'")) {
            found.next();
            return found.getLong(1);
        }
    }

    @Test
    void a_run_of_somebody_elses_conversation_is_refused_like_one_of_none() throws SQLException {
        UUID own = conversationOf(vic);
        try (Connection connection = rows.as(vic)) {
            assertEquals(1, insertRun(connection, own));
        }
        for (UUID other : List.of(conversationOf(ada), conversationOf(rows.namesake), UUID.randomUUID())) {
            try (Connection connection = rows.as(vic)) {
                SQLException refusal = assertThrows(SQLException.class, () -> insertRun(connection, other));
                assertEquals("23503", refusal.getSQLState());
                assertTrue(refusal.getMessage().contains("run_is_of_its_conversations_person"), refusal.getMessage());
            }
        }
    }

    private int insertRun(Connection connection, UUID conversation) throws SQLException {
        return execute(
                connection,
                "insert into run (id, conversation, tenant, owner, at, answer, tools, outcome, hops) values"
                        + " (gen_random_uuid(), '" + conversation + "', '" + vic.tenant() + "', '" + vic.id()
                        + "', now(), '', '[]', 'answered', '[]')");
    }

    private UUID conversationOf(User person) throws SQLException {
        try (Connection superuser = database.postgres().superuser();
                PreparedStatement query =
                        superuser.prepareStatement("select id from conversation where tenant = ? and owner = ?")) {
            query.setObject(1, person.tenant().value());
            query.setObject(2, person.id().value());
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return found.getObject(1, UUID.class);
            }
        }
    }

    // What the tests are made of.

    private static RowIdentity at(Instant moment) {
        User vic = People.someone(People.someTenant());
        return SomeRows.identity(vic.tenant(), vic.id(), "Admin", Optional.empty(), EnumSet.allOf(Verb.class), moment);
    }

    private RowIdentity throughAgent(String name) {
        return SomeRows.through(Optional.of(name), "Admin", vic, EnumSet.allOf(Verb.class));
    }

    private void enter(String claims, byte[] mac) throws SQLException {
        try (Connection connection = database.connectAsApplication();
                PreparedStatement enter = connection.prepareStatement(Entering.ENTER)) {
            enter.setString(1, claims);
            enter.setBytes(2, mac);
            enter.execute();
        }
    }

    private static void set(Connection connection, String name, String value, boolean local) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config(?, ?, ?)")) {
            set.setString(1, name);
            set.setString(2, value);
            set.setBoolean(3, local);
            set.execute();
        }
    }

    private static void set(Connection connection, Kept kept, boolean local) throws SQLException {
        set(connection, "identity.claims", kept.claims(), local);
        set(connection, "identity.seal", kept.seal(), local);
    }

    private static Kept kept(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('identity.claims'), current_setting('identity.seal')")) {
            row.next();
            return new Kept(row.getString(1), row.getString(2));
        }
    }

    /** What a transaction knows of who has entered. */
    private record Kept(String claims, String seal) {}

    private static int fetched(Connection connection, String cursor) throws SQLException {
        int count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet fetched = statement.executeQuery("fetch all from " + cursor)) {
            while (fetched.next()) {
                count++;
            }
        }
        return count;
    }

    private static String copied(Connection connection, String table) throws SQLException, IOException {
        StringWriter copy = new StringWriter();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", copy);
        return copy.toString();
    }

    /** How many rows it changed, or 1 for a query. */
    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 1 : Math.max(statement.getUpdateCount(), 0);
        }
    }

    private static void assertRefused(Executable statement) {
        assertEquals(REFUSED, assertThrows(SQLException.class, statement).getSQLState());
    }

    private static String refusal(Executable statement) {
        String message = assertThrows(SQLException.class, statement).getMessage();
        return message.lines().findFirst().orElseThrow().replace("ERROR: ", "");
    }
}
