package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.Orders;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JpaOrdersTest extends OrdersContract {
    private final JpaOrders orders = new JpaOrders(TestDatabase.shared().asApplication());

    @Override
    Orders orders() {
        return orders;
    }

    @Test
    void a_stored_row_that_is_no_order_is_an_error_of_ours_and_not_of_the_caller() throws SQLException {
        User pat = People.someone(People.someTenant(), Role.PM);
        Order order = orders.add(
                People.permit(pat, Action.CREATE_ORDER),
                new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
        Permit reading = People.permit(pat, Action.READ_ORDER);
        Permit listing = People.permit(pat, Action.LIST_ORDERS);
        OrderQuery everything = new OrderQuery(Optional.empty(), Optional.empty(), 200);
        assertEquals(Optional.of(order), orders.find(reading, order.id()));

        blankTheProductOf(order);

        assertThrows(IllegalStateException.class, () -> orders.find(reading, order.id()));
        assertThrows(IllegalStateException.class, () -> orders.list(listing, everything));
    }

    private static void blankTheProductOf(Order order) throws SQLException {
        try (Connection connection = TestDatabase.shared().connectAsApplication();
                PreparedStatement statement =
                        connection.prepareStatement("update orders set product = ' ' where number = ?")) {
            statement.setLong(1, order.id().number());
            assertEquals(1, statement.executeUpdate());
        }
    }
}
