package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Runs work in one transaction: committed when it returns, rolled back when it throws. */
interface Transactions {
    <T> T call(Function<EntityManager, T> work);
}
