package dev.throughline.in.fakes;

import dev.throughline.access.AccessPolicy;
import dev.throughline.in.orders.CursorKey;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.Orders;
import dev.throughline.order.PlaceOrder;

/** The real use cases over a fake store. */
public final class Desk {
    public static final AccessPolicy POLICY = new AccessPolicy();

    private Desk() {}

    public static OrderDesk over(Orders orders) {
        return new OrderDesk(
                new ListOrders(POLICY, orders),
                new FindOrder(POLICY, orders),
                new PlaceOrder(POLICY, orders),
                new AmendOrder(POLICY, orders),
                new DeleteOrder(POLICY, orders));
    }

    public static OrderLists lists() {
        return new OrderLists(new CursorKey(new byte[32]));
    }
}
