package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.Approvals;
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
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JpaOrdersTest extends OrdersContract {
    private final Database database = TestDatabase.shared().asApplication();
    private final JpaOrders orders = new JpaOrders(database, TestDatabase.audit(), clock);
    private final JpaApprovals approvals = new JpaApprovals(database, TestDatabase.audit());

    @Override
    Orders orders() {
        return orders;
    }

    @Override
    Approvals approvals() {
        return approvals;
    }

    @Test
    void a_change_that_is_not_committed_leaves_its_approval_unused() {
        User pat = People.someone(People.someTenant(), Role.PM);
        NewOrder order = new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2));
        Approval approval = approved(pat, Action.CREATE_ORDER, OptionalLong.empty());
        Permit permit = Assistants.permit(approval.proposal(), pat, approval.id());
        JpaOrders torn = new JpaOrders(new Database(new TornTransactions(database)), TestDatabase.audit(), clock);
        assertThrows(TornException.class, () -> torn.add(permit, order));
        assertEquals(Optional.of(approval), approvals.find(pat, approval.id()));
        assertEquals(
                List.of(),
                orders.list(
                                People.permit(pat, Action.LIST_ORDERS),
                                new OrderQuery(Optional.empty(), Optional.empty(), 20))
                        .items());
        orders.add(permit, order);
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
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                PreparedStatement statement =
                        connection.prepareStatement("update orders set product = ' ' where number = ?")) {
            statement.setLong(1, order.id().number());
            assertEquals(1, statement.executeUpdate());
        }
    }

    /** Transactions that break when all is done but committed. */
    private record TornTransactions(Database whole) implements Transactions {
        @Override
        public <T> T call(RowIdentity identity, Function<EntityManager, T> work) {
            return whole.transaction(identity, entities -> {
                work.apply(entities);
                entities.flush();
                throw new TornException();
            });
        }
    }

    private static final class TornException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
