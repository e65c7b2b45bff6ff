package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;
import java.time.Clock;

/** Use case: see the orders that one may see, a page at a time. */
public final class ListOrders {
    private final AccessPolicy policy;
    private final Orders orders;
    private final Clock clock;

    public ListOrders(AccessPolicy policy, Orders orders, Clock clock) {
        this.policy = policy;
        this.orders = orders;
        this.clock = clock;
    }

    public OrderOutcome<OrderPage> handle(Caller caller, Door door, OrderQuery query) {
        return policy.decide(caller, Action.LIST_ORDERS, Facts.at(door), clock.instant())
                .either(permit -> new Done<>(orders.list(permit, query)), Refused::new);
    }
}
