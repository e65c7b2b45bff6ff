package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One row of each table for each of three people: Vic, Ada in the same tenant, and whoever has Vic's id in another. Put
 * there by the superuser, for whom there is no row-level security.
 */
final class SomeRows {
    /** How a person's row is put into each table; the parameters are tenant and owner, in turns. */
    private static final Map<String, String> INSERTS = new TreeMap<>(Map.of(
            "orders",
            "insert into orders (tenant, owner, customer_name, product, quantity, status, created_at, version)"
                    + " values (?, ?, 'Zoe', 'Desk Lamp', 1, 'pending', now(), 1)",
            "conversation",
            "insert into conversation (id, tenant, owner, agent, title, created_at, changed_at, version)"
                    + " values (gen_random_uuid(), ?, ?, 'assistant', 'title', now(), now(), 1)",
            "run",
            "insert into run (id, conversation, tenant, owner, at, answer, tools, outcome, hops)"
                    + " select gen_random_uuid(), c.id, c.tenant, c.owner, now(), '', '[]', 'answered', '[]'"
                    + " from conversation c where c.tenant = ? and c.owner = ?",
            "approval",
            "insert into approval (id, tenant, owner, agent, action, arguments_digest, policy_version, arguments, state,"
                    + " asked_at, expires_at) values (gen_random_uuid(), ?, ?, 'assistant', 'create-order',"
                    + " repeat('0', 64), 'p', '{}', 'pending', now(), now() + interval '5 minutes')",
            "consent",
            "insert into consent (id, tenant, owner, agent, scopes, state, changed_at)"
                    + " values (gen_random_uuid(), ?, ?, 'agent ' || gen_random_uuid(), '', 'asked', now())",
            "tool_call",
            "insert into tool_call (id, tenant, user_id, client, audience, scopes, tool, arguments_digest, decision,"
                    + " rule, at, claimed) values (gen_random_uuid(), ?, ?, 'client', 'the-api', '', 'whoami', 'digest',"
                    + " 'permit', 'any_valid_caller', now(), false)"));

    /** What a person may change in each table, so that it is the row that decides. */
    private static final Map<String, String> UPDATES = Map.of(
            "orders", "update orders set version = version + 1",
            "conversation", "update conversation set version = version + 1",
            "run", "update run set answer = 'another'",
            "approval", "update approval set state = 'denied'",
            "consent", "update consent set state = 'revoked'",
            "tool_call", "update tool_call set claimed = true");

    final User vic = People.someone(People.someTenant());
    final User ada = People.someone(vic.tenant());
    final User namesake = new User(People.someTenant(), vic.id(), Set.of());
    private final TestDatabase database;

    SomeRows(TestDatabase database) throws SQLException {
        this.database = database;
        for (String table : List.of("orders", "conversation", "run", "approval", "consent", "tool_call")) {
            for (User person : List.of(vic, ada, namesake)) {
                try (Connection connection = database.postgres().superuser()) {
                    insert(connection, table, person);
                }
            }
        }
    }

    static Set<String> tables() {
        return INSERTS.keySet();
    }

    static String update(String table) {
        return UPDATES.get(table);
    }

    /** Another row of a person's. */
    static int insert(Connection connection, String table, User person) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERTS.get(table))) {
            insert.setObject(1, person.tenant().value());
            insert.setObject(2, person.id().value());
            return insert.executeUpdate();
        }
    }

    /** How many of the three rows of a table somebody sees. */
    int seen(Connection connection, String table) throws SQLException {
        return seen(connection, table, List.of(vic, ada, namesake));
    }

    int seen(Connection connection, String table, List<User> people) throws SQLException {
        String owner = table.equals("tool_call") ? "user_id" : "owner";
        int seen = 0;
        for (User person : people) {
            try (PreparedStatement count = connection.prepareStatement(
                    "select count(*) from " + table + " where tenant = ? and " + owner + " = ?")) {
                count.setObject(1, person.tenant().value());
                count.setObject(2, person.id().value());
                try (ResultSet rows = count.executeQuery()) {
                    rows.next();
                    seen += rows.getInt(1);
                }
            }
        }
        return seen;
    }

    /** As the server works for a person; in everything with the strongest role. */
    Connection as(User person) throws SQLException {
        return database.connectAs(strongest(person));
    }

    static RowIdentity strongest(User person) {
        return with("Admin", person);
    }

    static RowIdentity with(String role, User person) {
        return through(Optional.empty(), role, person, EnumSet.allOf(RowIdentity.Verb.class));
    }

    static RowIdentity through(Optional<String> agent, String role, User person, Set<RowIdentity.Verb> may) {
        return identity(person.tenant(), person.id(), role, agent, may, Instant.now());
    }

    static RowIdentity identity(
            TenantId tenant, UserId user, String role, Optional<String> agent, Set<RowIdentity.Verb> may, Instant at) {
        return new RowIdentity(Optional.of(tenant), Optional.of(user), role, agent, may, UUID.randomUUID(), at);
    }
}
