package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.NotFound;
import java.time.Clock;

/** Use case: see one order. */
public final class FindOrder {
    private final OneOrder one;

    public FindOrder(AccessPolicy policy, Orders orders, Clock clock) {
        one = new OneOrder(policy, orders, clock, Action.READ_ORDER);
    }

    public OrderOutcome<Order> handle(Caller caller, Door door, OrderId id) {
        return one.permitted(
                caller,
                door,
                id,
                (permit, read) -> read.get().<OrderOutcome<Order>>map(Done::new).orElseGet(NotFound::new));
    }
}
