package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.access.Action;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection comes back to the pool in a state that somebody left it in; whoever gets it next does not notice. */
class PoisonedConnectionTest {
    private static final String AMEND = "update orders set quantity = ? where number = ?";

    /** One connection, so that the next borrower gets it. */
    private final Database database = TestDatabase.shared().asApplication("eclipselink.jdbc.connections.max", "1");

    private final User earlier = People.someone(People.someTenant(), Role.PM);
    private final User next = People.someone(People.someTenant(), Role.PM);
    private final JpaOrders orders = new JpaOrders(database, TestDatabase.audit(), Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "set search_path = pg_catalog",
                "set synchronous_commit = off",
                "set row_security = off",
                "set lock_timeout = '1ms'",
                "set statement_timeout = '1h'",
                "set timezone = 'Pacific/Kiritimati'",
                "set session characteristics as transaction isolation level serializable",
                "declare left_open cursor with hold for select * from orders",
                "prepare left_behind as select * from orders",
                "listen something",
                "select pg_advisory_lock(1)",
                "set identity.claims = 'forged'",
                "select set_config('identity.claims', current_setting('identity.claims'), false),"
                        + " set_config('identity.seal', current_setting('identity.seal'), false)"
            })
    void what_was_left_behind_means_nothing_to_the_next(String poison) {
        Order theirs = place(earlier);
        int connection = poison(poison);

        Order placed = place(next);

        assertEquals(connection, number("select pg_backend_pid()"), "Another connection proves nothing");
        assertEquals(placed, found(next, placed).get(0));
        assertEquals(List.of(), found(next, theirs));
        assertEquals("on", text("show synchronous_commit"));
        assertEquals("5s", text("show statement_timeout"));
        assertEquals("3s", text("show lock_timeout"));
        assertEquals("on", text("show row_security"));
        assertEquals("public", text("show search_path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temporary table orders (number bigint)",
                "create schema shadow",
                "create table public.shadow (number bigint)",
                "set role throughline_owner",
                "set session authorization throughline_owner",
                "set session_replication_role = replica"
            })
    void what_would_mean_something_cannot_be_left_behind(String poison) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> poison(poison));

        assertTrue(refused.toString().contains("permission denied"), refused.toString());
        Order placed = place(next);
        assertEquals(placed, found(next, placed).get(0));
    }

    @Test
    void a_connection_that_the_driver_does_not_understand_any_more_is_thrown_away() {
        assertThrows(Unavailable.class, () -> poison("set datestyle = 'SQL, DMY'"));

        Order placed = place(next);
        assertEquals(placed, found(next, placed).get(0));
    }

    @Test
    void a_transaction_that_failed_is_over_for_the_next() {
        assertThrows(RuntimeException.class, () -> poison("select 1 / 0"));

        Order placed = place(next);
        assertEquals(placed, found(next, placed).get(0));
    }

    @Test
    void a_transaction_that_failed_past_the_driver_is_over_for_the_next() throws SQLException {
        Order placed = place(next);
        try (Connection connection = failedPastTheDriver()) {
            entering(next).alone(connection);

            try (Statement statement = connection.createStatement();
                    ResultSet numbers = statement.executeQuery("select number from orders")) {
                assertTrue(numbers.next());
                assertEquals(placed.id().number(), numbers.getLong(1));
            }
        }
    }

    @Test
    void a_transaction_that_failed_past_the_driver_is_over_for_a_change_that_comes_first() throws SQLException {
        Order placed = place(next);
        try (Connection connection = failedPastTheDriver()) {
            assertEquals(
                    1,
                    entering(next)
                            .with(connection, AMEND, List.of(3, placed.id().number())));
            connection.commit();
        }

        assertEquals(3, found(next, placed).get(0).quantity().value());
    }

    @Test
    void a_change_that_comes_first_is_who_is_askings() throws SQLException {
        Order theirs = place(earlier);
        try (Connection connection = TestDatabase.shared().connectAsApplication()) {
            connection.setAutoCommit(false);
            assertEquals(
                    0,
                    entering(next)
                            .with(connection, AMEND, List.of(3, theirs.id().number())));
            connection.commit();
        }

        assertEquals(List.of(theirs), found(earlier, theirs));
    }

    @Test
    void a_change_that_comes_first_is_not_made_where_who_is_asking_is_refused() throws SQLException {
        Order placed = place(next);
        Entering forged = new Entering(identityOf(next).claims(), new byte[32]);
        try (Connection connection = TestDatabase.shared().connectAsApplication()) {
            connection.setAutoCommit(false);
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> forged.with(connection, AMEND, List.of(3, placed.id().number())));
            assertTrue(refused.getMessage().contains("identity refused: not made with the key"), refused.getMessage());
            connection.commit();
        }

        assertEquals(List.of(placed), found(next, placed));
    }

    /** A connection in a transaction that the driver has not begun and that takes no statement any more. */
    private static Connection failedPastTheDriver() throws SQLException {
        Connection connection = TestDatabase.shared().connectAsApplication();
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin");
            assertThrows(SQLException.class, () -> statement.execute("select 1 / 0"));
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private static Entering entering(User user) {
        return new Entrance(TestDatabase.shared().key()).entering(identityOf(user));
    }

    private static RowIdentity identityOf(User user) {
        return RowIdentity.of(People.permit(user, Action.UPDATE_ORDER).caller());
    }

    /** Leaves the connection in a state, and answers which one it is. */
    private int poison(String sql) {
        return database.transaction(RowIdentity.of(earlier.tenant(), earlier.id()), entities -> {
            int connection = (Integer)
                    entities.createNativeQuery("select pg_backend_pid()").getSingleResult();
            if (sql.startsWith("select")) {
                entities.createNativeQuery(sql).getResultList();
            } else {
                entities.createNativeQuery(sql).executeUpdate();
            }
            return connection;
        });
    }

    private Order place(User user) {
        return orders.add(
                People.permit(user, Action.CREATE_ORDER),
                new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
    }

    private List<Order> found(User user, Order order) {
        return orders.find(People.permit(user, Action.READ_ORDER), order.id()).stream()
                .toList();
    }

    private int number(String sql) {
        return (Integer) ask(sql);
    }

    private String text(String sql) {
        return (String) ask(sql);
    }

    private Object ask(String sql) {
        return database.transaction(
                RowIdentity.of(next.tenant(), next.id()),
                entities -> entities.createNativeQuery(sql).getSingleResult());
    }
}
