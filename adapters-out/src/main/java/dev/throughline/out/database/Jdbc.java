package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sessions.UnitOfWork;

/** Plain statements within a transaction, where there are many rows, or what JPA has no words for. */
final class Jdbc {
    private Jdbc() {}

    /**
     * Works on the transaction's own connection, after the database has been told who is asking.
     *
     * @throws IllegalStateException if nobody has said who that is
     */
    static <T> T call(EntityManager entities, Work<T> work) {
        AbstractSession transaction = transactionOf(entities);
        IdentityGuard.enter(transaction);
        return on(transaction, work);
    }

    /** Whoever is asking: on the transaction's connection, which the provider takes from the pool only for a call. */
    static <T> T on(AbstractSession transaction, Work<T> work) {
        Accessor accessor = transaction.getAccessor();
        accessor.incrementCallCount(transaction);
        try {
            return work.on(accessor.getConnection());
        } catch (SQLException e) {
            throw new PersistenceException("A statement failed", e);
        } finally {
            accessor.decrementCallCount();
        }
    }

    /**
     * Runs a statement with its values; answers whether it wrote one row. As the first of its transaction it takes no
     * trip to the database besides the one that tells who is asking.
     *
     * @throws IllegalStateException if nobody has said who that is
     */
    static boolean update(EntityManager entities, String sql, List<?> values) {
        AbstractSession transaction = transactionOf(entities);
        Optional<Entering> first = IdentityGuard.expected(transaction);
        int rows = on(
                transaction,
                connection -> first.isPresent()
                        ? first.get().with(connection, sql, values)
                        : update(connection, sql, values));
        IdentityGuard.entered(transaction);
        return rows == 1;
    }

    private static int update(Connection connection, String sql, List<?> values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, values);
            return update.executeUpdate();
        }
    }

    /** Gives a statement its values, from the first on. */
    static void bind(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static AbstractSession transactionOf(EntityManager entities) {
        return entities.unwrap(UnitOfWork.class).getParent();
    }

    /** Does something with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
