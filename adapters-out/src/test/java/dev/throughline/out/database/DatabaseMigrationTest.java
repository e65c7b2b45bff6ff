package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseMigrationTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final TestDatabase database = TestDatabase.shared();

    @Test
    void migrating_again_changes_nothing() {
        assertDoesNotThrow(() -> database.migrate());
    }

    @Test
    void a_package_without_migrations_does_not_start() {
        assertThrows(IllegalStateException.class, () -> database.migrate("classpath:db/nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"; drop table orders; --", "two words"})
    void a_role_that_is_no_name_is_refused(String role) {
        assertThrows(
                IllegalArgumentException.class,
                () -> DatabaseMigration.migrate("jdbc:postgresql://localhost/none", "user", "password", role));
    }

    @Test
    void the_application_reads_orders() throws SQLException {
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            assertDoesNotThrow(() -> statement.executeQuery("select count(*) from orders"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate orders",
                "drop table orders",
                "alter table orders add column note text",
                "create table other (id int)",
                "update tool_call set decision = 'permit'",
                "select setval('orders_number_seq', 1)",
                "select * from flyway_schema_history"
            })
    void the_application_may_do_no_more_than_it_needs(String sql) throws SQLException {
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        }
    }

    @Test
    void the_first_order_after_the_samples_is_ORD_009() throws SQLException {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            fresh.postgres().loadSamples();
            User pat = People.someone(People.someTenant(), Role.PM);
            Order order = new JpaOrders(fresh.asApplication())
                    .add(
                            People.permit(pat, Action.CREATE_ORDER),
                            new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
            assertEquals("ORD-009", order.id().value());
        }
    }
}
