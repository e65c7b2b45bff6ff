package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;

/** Use case: place an order; it is pending and belongs to whoever placed it. */
public final class PlaceOrder {
    private final AccessPolicy policy;
    private final Orders orders;

    public PlaceOrder(AccessPolicy policy, Orders orders) {
        this.policy = policy;
        this.orders = orders;
    }

    public OrderOutcome<Order> handle(Caller caller, NewOrder order) {
        return policy.decide(caller, Action.CREATE_ORDER)
                .either(permit -> new Done<>(orders.add(permit, order)), Refused::new);
    }
}
