package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Use case: delete an order for good. */
public final class DeleteOrder {
    private final OneOrder one;
    private final Orders orders;

    public DeleteOrder(AccessPolicy policy, Orders orders, Clock clock) {
        this.one = new OneOrder(policy, orders, clock, Action.DELETE_ORDER);
        this.orders = orders;
    }

    /**
     * Deletes an order and answers what it was.
     *
     * @param expectedVersion the version that the caller saw, if it cares; else whichever there is is deleted
     */
    public OrderOutcome<Order> handle(Caller caller, Door door, OrderId id, OptionalLong expectedVersion) {
        return one.permitted(
                caller,
                door,
                id,
                (permit, read) -> OptimisticWrite.attempt(
                        read,
                        expectedVersion,
                        order -> orders.remove(permit, order) ? Optional.of(order) : Optional.empty()));
    }
}
