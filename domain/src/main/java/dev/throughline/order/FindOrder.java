package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.NotFound;
import dev.throughline.order.OrderOutcome.Refused;

/** Use case: see one order. */
public final class FindOrder {
    private final AccessPolicy policy;
    private final Orders orders;

    public FindOrder(AccessPolicy policy, Orders orders) {
        this.policy = policy;
        this.orders = orders;
    }

    public OrderOutcome<Order> handle(Caller caller, OrderId id) {
        return policy.decide(caller, Action.READ_ORDER)
                .either(
                        permit -> orders.find(permit, id)
                                .<OrderOutcome<Order>>map(Done::new)
                                .orElseGet(NotFound::new),
                        Refused::new);
    }
}
