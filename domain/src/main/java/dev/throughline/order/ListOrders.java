package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;

/** Use case: see the orders that one may see, a page at a time. */
public final class ListOrders {
    private final AccessPolicy policy;
    private final Orders orders;

    public ListOrders(AccessPolicy policy, Orders orders) {
        this.policy = policy;
        this.orders = orders;
    }

    public OrderOutcome<OrderPage> handle(Caller caller, OrderQuery query) {
        return policy.decide(caller, Action.LIST_ORDERS)
                .either(permit -> new Done<>(orders.list(permit, query)), Refused::new);
    }
}
