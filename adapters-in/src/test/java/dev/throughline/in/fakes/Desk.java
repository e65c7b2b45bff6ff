package dev.throughline.in.fakes;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Questions;
import dev.throughline.in.orders.ApprovalLinks;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.PlaceOrder;
import java.net.URI;
import java.time.Clock;

/** The real use cases over a fake store. */
public final class Desk {
    public static final AccessPolicy POLICY = new AccessPolicy();

    private Desk() {}

    public static OrderDesk over(InMemoryOrders orders) {
        return over(orders, Clock.systemUTC());
    }

    public static OrderDesk over(InMemoryOrders orders, Clock clock) {
        Questions questions = questions(orders, clock);
        return new OrderDesk(
                new ListOrders(POLICY, orders, orders.audit(), clock),
                new FindOrder(POLICY, orders, orders.audit(), clock),
                new PlaceOrder(POLICY, questions, orders, orders.audit(), clock),
                new AmendOrder(POLICY, questions, orders, orders.audit(), clock),
                new DeleteOrder(POLICY, questions, orders, orders.audit(), clock));
    }

    /** Asks people by the approvals that are kept with the orders. */
    public static Questions questions(InMemoryOrders orders, Clock clock) {
        return new Questions(POLICY, orders.approvals(), orders.audit(), clock);
    }

    public static OrderLists lists() {
        return new OrderLists(new CursorKey(new byte[32]));
    }

    public static ApprovalLinks links() {
        return new ApprovalLinks(URI.create("http://localhost:9080"));
    }
}
