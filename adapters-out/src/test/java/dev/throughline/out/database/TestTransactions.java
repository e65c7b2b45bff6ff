package dev.throughline.out.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Transactions without a server, one for each call, as the server makes them. */
record TestTransactions(EntityManagerFactory factory, BiConsumer<EntityManager, RowIdentity> entrance)
        implements Transactions {
    @Override
    public <T> T call(RowIdentity identity, Function<EntityManager, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            try {
                entrance.accept(entities, identity);
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }
}
