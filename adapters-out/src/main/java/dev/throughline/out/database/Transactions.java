package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Runs work in one transaction: committed when it returns, rolled back when it throws. Its first statement tells the
 * database who is asking.
 */
interface Transactions {
    <T> T call(RowIdentity identity, Function<EntityManager, T> work);
}
