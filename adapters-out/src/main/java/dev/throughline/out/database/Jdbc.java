package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
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

    /** Does something with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
