package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.sessions.UnitOfWork;

/** Plain statements within a transaction, where there are many rows, or what JPA has no words for. */
final class Jdbc {
    private Jdbc() {}

    /**
     * Works on the transaction's own connection, which the provider takes from the server's pool only for a call.
     *
     * @throws IllegalStateException if the database has not been told who is asking
     */
    static <T> T call(EntityManager entities, Work<T> work) {
        IdentityGuard.require(entities.unwrap(UnitOfWork.class).getParent());
        return first(entities, work);
    }

    /** The same for what tells the database who is asking. */
    static <T> T first(EntityManager entities, Work<T> work) {
        UnitOfWork unit = entities.unwrap(UnitOfWork.class);
        Accessor accessor = unit.getParent().getAccessor();
        accessor.incrementCallCount(unit.getParent());
        try {
            return work.on(accessor.getConnection());
        } catch (SQLException e) {
            throw new PersistenceException("A statement failed", e);
        } finally {
            accessor.decrementCallCount();
        }
    }

    /** Runs a statement with its values; answers whether it wrote one row. */
    static boolean update(EntityManager entities, String sql, List<?> values) {
        return call(entities, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                bind(update, values);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Gives a statement its values, from the first on. */
    static void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    /** Does something with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
