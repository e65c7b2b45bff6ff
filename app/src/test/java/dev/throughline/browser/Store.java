package dev.throughline.browser;

import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The database, seen and changed from outside the product. */
final class Store {
    private Store() {}

    /** Runs a statement that changes something. */
    static void change(String sql, Object... values) {
        try (Connection connection = Running.stack().database().superuser();
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds. */
    static List<String> find(String sql, Object... values) {
        try (Connection connection = Running.stack().database().superuser();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    static UUID idOf(Person person) {
        return UUID.fromString(person.id);
    }

    /** The person has never been asked about any agent, neither by us nor at the broker. */
    static void forgetConsentsOf(Person person) {
        Running.stack().entra().forgetConsents();
        Running.stack().foundry().forgetConnectionTokens();
        change("delete from consent where owner = ?", idOf(person));
    }

    static void forgetApprovalsOf(Person person) {
        change("delete from approval where owner = ?", idOf(person));
    }

    /** An order's quantity and version. */
    static String order(int number) {
        return String.join("", find("select quantity || ' v' || version from orders where number = ?", number));
    }

    /** Puts an order back as the samples have it. */
    static void restore(int number, int quantity) {
        change("update orders set quantity = ?, version = 1 where number = ?", quantity, number);
    }

    /** How many tool calls that were carried out are on record for a person. */
    static int callsFor(Person person) {
        return find("select id from tool_call where user_id = ? and decision = 'permit'", idOf(person))
                .size();
    }

    /**
     * The last tool call that was carried out for a person: whose token, which agent, client, audience, tool and
     * answer. A permitted read is on record a moment later, within 200 milliseconds.
     *
     * @param before how many there were before it
     */
    static String callAfter(int before, Person person) {
        Instant end = Instant.now().plus(Duration.ofSeconds(5));
        while (callsFor(person) == before && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return String.join(
                "",
                find(
                        "select concat_ws(' ', user_id, agent, client, audience, tool, decision) from tool_call"
                                + " where user_id = ? and decision = 'permit' order by at desc limit 1",
                        idOf(person)));
    }
}
