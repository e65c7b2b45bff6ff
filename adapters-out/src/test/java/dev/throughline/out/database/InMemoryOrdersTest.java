package dev.throughline.out.database;

import dev.throughline.order.Orders;

class InMemoryOrdersTest extends OrdersContract {
    private final InMemoryOrders orders = new InMemoryOrders();

    @Override
    Orders orders() {
        return orders;
    }
}
