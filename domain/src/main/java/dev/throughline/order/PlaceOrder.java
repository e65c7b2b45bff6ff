package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;
import java.time.Clock;

/** Use case: place an order; it is pending and belongs to whoever placed it. */
public final class PlaceOrder {
    private final AccessPolicy policy;
    private final Orders orders;
    private final Clock clock;

    public PlaceOrder(AccessPolicy policy, Orders orders, Clock clock) {
        this.policy = policy;
        this.orders = orders;
        this.clock = clock;
    }

    public OrderOutcome<Order> handle(Caller caller, Door door, NewOrder order) {
        return policy.decide(caller, Action.CREATE_ORDER, Facts.at(door), clock.instant())
                .either(permit -> new Done<>(orders.add(permit, order)), Refused::new);
    }
}
