package dev.throughline.out.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.persistence.sessions.UnitOfWork;

/** Tells the database who is asking: the first statement of every transaction, and without it there are no rows. */
@Dependent
class Entrance {
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
     * what it acknowledges, is told its own rows and ends in time.
     */
    static final String ENTER = "select identity.enter(?, ?)"
            + OWN.entrySet().stream()
                    .map(own -> ", pg_catalog.set_config('" + own.getKey() + "', '" + own.getValue() + "', true)")
                    .collect(Collectors.joining());

    private final IdentityKey key;

    @Inject
    Entrance(IdentityKey key) {
        this.key = key;
    }

    /** On the transaction's own connection, which the provider takes from the server's pool only for a call. */
    void enter(EntityManager entities, RowIdentity identity) {
        Jdbc.first(entities, connection -> {
            enter(connection, identity);
            return true;
        });
        IdentityGuard.entered(entities.unwrap(UnitOfWork.class));
    }

    /** On a connection in a transaction of the driver's, whatever an earlier borrower has left it in. */
    void enter(Connection connection, RowIdentity identity) throws SQLException {
        try {
            tell(connection, identity);
        } catch (SQLException e) {
            if (!FAILED_TRANSACTION.equals(e.getSQLState())) {
                throw e;
            }
            endOfAnother(connection);
            tell(connection, identity);
        }
    }

    private void tell(Connection connection, RowIdentity identity) throws SQLException {
        String claims = identity.claims();
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            enter.setString(1, claims);
            enter.setBytes(2, key.mac(claims));
            enter.execute();
        }
    }

    /** Ends a transaction that an earlier borrower began past the driver; nothing of ours has happened in it. */
    private static void endOfAnother(Connection connection) throws SQLException {
        try (Statement rollback = connection.createStatement()) {
            rollback.execute("rollback");
        }
    }
}
