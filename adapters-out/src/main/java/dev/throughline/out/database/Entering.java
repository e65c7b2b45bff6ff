package dev.throughline.out.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is asking, on the way to the database: the first statement of every transaction, and without it there are no
 * rows. The transaction is one of the driver's, whatever an earlier borrower has left its connection in.
 */
final class Entering {
    /** SQLSTATE {@code in_failed_sql_transaction} (PostgreSQL, Appendix A). */
    private static final String FAILED_TRANSACTION = "25P02";

    private static final Map<String, String> OWN = new TreeMap<>(Map.of(
            "lock_timeout", "3s",
            "row_security", "on",
            "search_path", "public",
            "statement_timeout", "5s",
            "synchronous_commit", "on"));

    /**
     * Whatever an earlier borrower has set for the session, this transaction looks for tables where ours are, keeps
     * what it acknowledges, is told its own rows and ends in time. Answers with one number, since the driver sends
     * another statement along only behind one whose answer it knows to be short.
     */
    static final String ENTER = "select pg_catalog.num_nonnulls(identity.enter(?, ?)"
            + OWN.entrySet().stream()
                    .map(own -> ", pg_catalog.set_config('" + own.getKey() + "', '" + own.getValue() + "', true)")
                    .collect(Collectors.joining())
            + ")";

    private final String claims;
    private final byte[] mac;

    Entering(String claims, byte[] mac) {
        this.claims = claims;
        this.mac = mac;
    }

    /** Tells the database now. */
    void alone(Connection connection) throws SQLException {
        onceMoreAfterAFailureOfAnother(connection, () -> {
            try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
                Jdbc.bind(enter, List.of(claims, mac));
                return enter.execute();
            }
        });
    }

    /**
     * Tells the database and changes something in one trip. It takes one statement after the other, so that the second
     * is understood as who is asking would have it, and is not looked at when the first is refused.
     *
     * @return how many rows were changed
     */
    int with(Connection connection, String sql, List<?> values) throws SQLException {
        return onceMoreAfterAFailureOfAnother(connection, () -> {
            try (PreparedStatement both = connection.prepareStatement(ENTER + "; " + sql)) {
                Jdbc.bind(
                        both,
                        Stream.concat(Stream.of(claims, mac), values.stream()).toList());
                both.execute();
                both.getMoreResults();
                return both.getUpdateCount();
            }
        });
    }

    /** Ends a transaction that an earlier borrower began past the driver; nothing of ours has happened in it. */
    private static <T> T onceMoreAfterAFailureOfAnother(Connection connection, First<T> first) throws SQLException {
        try {
            return first.statement();
        } catch (SQLException e) {
            if (!FAILED_TRANSACTION.equals(e.getSQLState())) {
                throw e;
            }
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("rollback");
            }
            return first.statement();
        }
    }

    private interface First<T> {
        T statement() throws SQLException;
    }
}
