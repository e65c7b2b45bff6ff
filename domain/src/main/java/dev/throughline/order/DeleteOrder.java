package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Questions;
import dev.throughline.order.OrderChange.Wish;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Use case: delete an order for good. */
public final class DeleteOrder {
    private final OrderChange change;
    private final Orders orders;

    public DeleteOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        this.change = new OrderChange(policy, questions, orders, audit, clock, Action.DELETE_ORDER);
        this.orders = orders;
    }

    /**
     * Deletes an order and answers what it was.
     *
     * @param expectedVersion the version that the caller saw, if it cares; else whichever there is is deleted
     */
    public OrderOutcome<Order> handle(Caller caller, Door door, OrderId id, OptionalLong expectedVersion) {
        return change.make(caller, door, wish(id, expectedVersion));
    }

    /** Asks the person whether an agent may do this, and does nothing else. */
    public OrderOutcome<Order> propose(Caller caller, Door door, OrderId id) {
        return change.propose(caller, door, wish(id, OptionalLong.empty()));
    }

    private Wish wish(OrderId id, OptionalLong expectedVersion) {
        return new Wish(
                id,
                expectedVersion,
                Map.of("id", id.toString()),
                order -> Optional.empty(),
                (permit, order) -> orders.remove(permit, order) ? Optional.of(order) : Optional.empty());
    }
}
