package dev.throughline.out.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.function.Function;

/** The server's transactions. */
@ApplicationScoped
class JtaTransactions implements Transactions {
    @PersistenceContext(unitName = "throughline")
    private EntityManager entities;

    @Inject
    private Entrance entrance;

    @Override
    @Transactional
    public <T> T call(RowIdentity identity, Function<EntityManager, T> work) {
        entrance.enter(entities, identity);
        T result = work.apply(entities);
        // Else the statements of new rows would fail inside the commit, where their errors come out wrapped and logged.
        entities.flush();
        return result;
    }
}
