package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.User;
import dev.throughline.out.People;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each query runs in a transaction that has entered, and in none that has not. */
class IdentityGuardTest {
    private final TestDatabase database = TestDatabase.shared();
    private final User vic = People.someone(People.someTenant());

    static Stream<Function<EntityManager, Object>> queries() {
        return Stream.of(
                entities -> entities.createQuery("select o from OrderRow o").getResultList(),
                entities -> entities.createQuery("select count(c) from ConversationRow c")
                        .getResultList(),
                entities -> entities.createNativeQuery("select 1").getResultList(),
                entities -> entities.createQuery("delete from ApprovalRow a").executeUpdate(),
                entities -> entities.createNativeQuery("select nextval('orders_number_seq')")
                        .getResultList(),
                entities -> Jdbc.call(
                        entities, connection -> connection.createStatement().execute("select 1")),
                entities -> Jdbc.update(entities, "delete from approval where action = ?", List.of("nothing")));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_query_without_an_identity_is_a_mistake_of_ours(Function<EntityManager, Object> query) {
        inTransaction(entities -> {
            new Entrance(database.key()).enter(entities, RowIdentity.of(vic));
            return query.apply(entities);
        });

        RuntimeException refusal = assertThrows(RuntimeException.class, () -> inTransaction(query));
        assertTrue(
                Stream.iterate(refusal, cause -> cause != null, Throwable::getCause)
                        .anyMatch(cause ->
                                "A query runs although nobody has said who is asking".equals(cause.getMessage())),
                refusal.toString());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void what_one_transaction_said_does_not_count_for_the_next(Function<EntityManager, Object> query) {
        assertEquals(List.of(), inTransaction(entities -> {
            new Entrance(database.key()).enter(entities, RowIdentity.of(vic));
            return entities.createQuery("select o from OrderRow o").getResultList();
        }));
        assertThrows(RuntimeException.class, () -> inTransaction(query));
    }

    private Object inTransaction(Function<EntityManager, Object> work) {
        try (EntityManager entities = database.entitiesAsApplication().createEntityManager()) {
            entities.getTransaction().begin();
            try {
                return work.apply(entities);
            } finally {
                entities.getTransaction().rollback();
            }
        }
    }
}
