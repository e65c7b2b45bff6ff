package dev.throughline.out.database;

import dev.throughline.access.Approvals;
import dev.throughline.order.Orders;
import dev.throughline.order.RememberedKeys;

class InMemoryOrdersTest extends OrdersContract {
    private final InMemoryApprovals approvals = new InMemoryApprovals();
    private final InMemoryOrders orders = new InMemoryOrders(approvals, clock);

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
}
