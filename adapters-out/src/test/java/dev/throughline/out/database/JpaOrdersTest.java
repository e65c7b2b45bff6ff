package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.Approvals;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.StillRunning;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.Orders;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.order.RememberedKeys;
import dev.throughline.out.People;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    RememberedKeys keys() {
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
    void an_order_that_is_not_committed_leaves_its_key_unused() {
        User pat = People.someone(People.someTenant(), Role.PM);
        KeyedOrder lamp = lampUnder("a-key");
        Permit permit = People.permit(pat, Action.CREATE_ORDER);
        JpaOrders torn = new JpaOrders(new Database(new TornTransactions(database)), TestDatabase.audit(), clock);
        assertThrows(TornException.class, () -> torn.add(permit, lamp));
        assertEquals(Optional.empty(), orders.placedBefore(People.permit(pat, Action.READ_ORDER), lamp));
        assertInstanceOf(First.class, orders.add(permit, lamp));
    }

    @Test
    void while_one_places_an_order_another_with_its_key_is_told_so_and_does_not_wait() {
        User pat = People.someone(People.someTenant(), Role.PM);
        Permit permit = People.permit(pat, Action.CREATE_ORDER);
        Permit ofAnother = People.permit(People.someone(People.someTenant(), Role.PM), Action.CREATE_ORDER);
        JpaOrders slow = new JpaOrders(
                new Database(new MeanwhileTransactions(database, () -> {
                    assertEquals(new StillRunning<>(), orders.add(permit, lampUnder("a-key")));
                    assertInstanceOf(First.class, orders.add(permit, lampUnder("another-key")));
                    assertInstanceOf(First.class, orders.add(ofAnother, lampUnder("a-key")));
                })),
                TestDatabase.audit(),
                clock);
        assertInstanceOf(First.class, slow.add(permit, lampUnder("a-key")));
        assertInstanceOf(Again.class, orders.add(permit, lampUnder("a-key")));
    }

    @Test
    void neither_a_key_nor_what_was_ordered_under_it_stands_beside_the_orders() throws SQLException {
        User pat = People.someone(People.someTenant(), Role.PM);
        orders.add(People.permit(pat, Action.CREATE_ORDER), lampUnder("zoe@example.com"));
        try (Connection connection = TestDatabase.shared().postgres().superuser();
                PreparedStatement statement =
                        connection.prepareStatement("select k::text from order_key k where owner = ?")) {
            statement.setObject(1, pat.id().value());
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                String row = rows.getString(1);
                assertFalse(row.contains("zoe") || row.contains("Zoe") || row.contains("Lamp"), row);
                assertFalse(rows.next());
            }
        }
    }

    private static KeyedOrder lampUnder(String key) {
        return new KeyedOrder(
                new IdempotencyKey(key),
                new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
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

    /** Transactions in which, when all is done but committed, others have their turn. */
    private record MeanwhileTransactions(Database whole, Runnable others) implements Transactions {
        @Override
        public <T> T call(RowIdentity identity, Function<EntityManager, T> work) {
            return whole.transaction(identity, entities -> {
                T result = work.apply(entities);
                entities.flush();
                others.run();
                return result;
            });
        }
    }

    private static final class TornException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
