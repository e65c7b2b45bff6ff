package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.order.OrderOutcome.Refused;
import java.util.OptionalLong;

/** Use case: change an order. */
public final class AmendOrder {
    private final AccessPolicy policy;
    private final Orders orders;

    public AmendOrder(AccessPolicy policy, Orders orders) {
        this.policy = policy;
        this.orders = orders;
    }

    /**
     * Changes an order.
     *
     * @param expectedVersion the version that the caller saw, if it cares; else the change is made to whichever there
     *     is
     */
    public OrderOutcome<Order> handle(Caller caller, OrderId id, Changes changes, OptionalLong expectedVersion) {
        return policy.decide(caller, Action.UPDATE_ORDER)
                .either(permit -> amend(permit, id, changes, expectedVersion), Refused::new);
    }

    private OrderOutcome<Order> amend(Permit permit, OrderId id, Changes changes, OptionalLong expectedVersion) {
        return OptimisticWrite.attempt(
                () -> orders.find(permit, id), expectedVersion, order -> orders.replace(permit, order.with(changes)));
    }
}
