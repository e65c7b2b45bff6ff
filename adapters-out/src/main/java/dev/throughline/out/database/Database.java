package dev.throughline.out.database;

import dev.throughline.Unavailable;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Where all work on the database passes. It tells a database that does not answer, which callers can say to people,
 * from an error of ours, which stays what it is.
 */
@Dependent
class Database {
    private final Transactions transactions;

    @Inject
    Database(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Does work in one transaction.
     *
     * @param identity whose rows there are in it
     * @throws Unavailable if the database is away, overloaded or too slow
     */
    <T> T transaction(RowIdentity identity, Function<EntityManager, T> work) {
        try {
            return transactions.call(identity, work);
        } catch (RuntimeException e) {
            throw Outage.isBehind(e) ? new Unavailable("database", e) : e;
        }
    }
}
