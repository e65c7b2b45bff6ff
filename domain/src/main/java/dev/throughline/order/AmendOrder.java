package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import java.time.Clock;
import java.util.OptionalLong;

/** Use case: change an order. */
public final class AmendOrder {
    private final OneOrder one;
    private final Orders orders;

    public AmendOrder(AccessPolicy policy, Orders orders, Clock clock) {
        this.one = new OneOrder(policy, orders, clock, Action.UPDATE_ORDER);
        this.orders = orders;
    }

    /**
     * Changes an order.
     *
     * @param expectedVersion the version that the caller saw, if it cares; else the change is made to whichever there
     *     is
     */
    public OrderOutcome<Order> handle(
            Caller caller, Door door, OrderId id, Changes changes, OptionalLong expectedVersion) {
        return one.permitted(
                caller,
                door,
                id,
                (permit, read) -> OptimisticWrite.attempt(
                        read, expectedVersion, order -> orders.replace(permit, order.with(changes))));
    }
}
