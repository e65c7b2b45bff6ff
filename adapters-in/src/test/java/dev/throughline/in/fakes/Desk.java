package dev.throughline.in.fakes;

import dev.throughline.access.AccessPolicy;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.Orders;
import dev.throughline.order.PlaceOrder;
import java.time.Clock;

/** The real use cases over a fake store. */
public final class Desk {
    public static final AccessPolicy POLICY = new AccessPolicy();

    private static final Clock CLOCK = Clock.systemUTC();

    private Desk() {}

    public static OrderDesk over(Orders orders) {
        return new OrderDesk(
                new ListOrders(POLICY, orders, CLOCK),
                new FindOrder(POLICY, orders, CLOCK),
                new PlaceOrder(POLICY, orders, CLOCK),
                new AmendOrder(POLICY, orders, CLOCK),
                new DeleteOrder(POLICY, orders, CLOCK));
    }

    public static OrderLists lists() {
        return new OrderLists(new CursorKey(new byte[32]));
    }
}
