package dev.throughline.out.database;

import dev.throughline.order.Orders;

class JpaOrdersTest extends OrdersContract {
    private final JpaOrders orders = new JpaOrders(TestDatabase.shared().asApplication());

    @Override
    Orders orders() {
        return orders;
    }
}
