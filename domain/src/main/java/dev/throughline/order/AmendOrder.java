package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Questions;
import dev.throughline.order.OrderChange.Wish;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Use case: change an order. */
public final class AmendOrder {
    private final OrderChange change;
    private final Orders orders;

    public AmendOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        this.change = new OrderChange(policy, questions, orders, audit, clock, Action.UPDATE_ORDER);
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
        return change.make(caller, door, wish(id, changes, expectedVersion));
    }

    /** Asks the person whether an agent may do this, and does nothing else. */
    public OrderOutcome<Order> propose(Caller caller, Door door, OrderId id, Changes changes) {
        return change.propose(caller, door, wish(id, changes, OptionalLong.empty()));
    }

    private Wish wish(OrderId id, Changes changes, OptionalLong expectedVersion) {
        return new Wish(
                id,
                expectedVersion,
                arguments(id, changes),
                order -> Optional.of(order.with(changes)),
                (permit, order) -> orders.replace(permit, order.with(changes)));
    }

    private static Map<String, Object> arguments(OrderId id, Changes changes) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("id", id.toString());
        changes.customerName().ifPresent(name -> arguments.put("customer_name", name.value()));
        changes.product().ifPresent(product -> arguments.put("product", product.value()));
        changes.quantity().ifPresent(quantity -> arguments.put("quantity", quantity.value()));
        changes.status().ifPresent(status -> arguments.put("status", status.wire()));
        return arguments;
    }
}
