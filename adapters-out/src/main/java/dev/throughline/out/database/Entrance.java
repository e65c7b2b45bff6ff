package dev.throughline.out.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.sessions.UnitOfWork;

/** Tells the database who is asking: the first statement of every transaction, and without it there are no rows. */
@Dependent
class Entrance {
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
        UnitOfWork unit = entities.unwrap(UnitOfWork.class);
        Accessor accessor = unit.getParent().getAccessor();
        accessor.incrementCallCount(unit.getParent());
        try {
            enter(accessor.getConnection(), identity);
        } catch (SQLException e) {
            throw new PersistenceException("The database was not told who is asking", e);
        } finally {
            accessor.decrementCallCount();
        }
        IdentityGuard.entered(unit);
    }

    private void enter(Connection connection, RowIdentity identity) throws SQLException {
        String claims = identity.claims();
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            enter.setString(1, claims);
            enter.setBytes(2, key.mac(claims));
            enter.execute();
        }
    }
}
