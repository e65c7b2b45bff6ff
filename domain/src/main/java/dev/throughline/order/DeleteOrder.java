package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.order.OrderOutcome.Refused;
import java.util.Optional;
import java.util.OptionalLong;

/** Use case: delete an order for good. */
public final class DeleteOrder {
    private final AccessPolicy policy;
    private final Orders orders;

    public DeleteOrder(AccessPolicy policy, Orders orders) {
        this.policy = policy;
        this.orders = orders;
    }

    /**
     * Deletes an order and answers what it was.
     *
     * @param expectedVersion the version that the caller saw, if it cares; else whichever there is is deleted
     */
    public OrderOutcome<Order> handle(Caller caller, OrderId id, OptionalLong expectedVersion) {
        return policy.decide(caller, Action.DELETE_ORDER)
                .either(permit -> delete(permit, id, expectedVersion), Refused::new);
    }

    private OrderOutcome<Order> delete(Permit permit, OrderId id, OptionalLong expectedVersion) {
        return OptimisticWrite.attempt(
                () -> orders.find(permit, id),
                expectedVersion,
                order -> orders.remove(permit, order) ? Optional.of(order) : Optional.empty());
    }
}
