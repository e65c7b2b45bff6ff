package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.NotFound;
import java.time.Clock;
import java.util.Optional;

/** Use case: see one order. */
public final class FindOrder {
    private final OneOrder one;
    private final AuditLog audit;

    public FindOrder(AccessPolicy policy, Orders orders, AuditLog audit, Clock clock) {
        one = new OneOrder(policy, orders, audit, clock, Action.READ_ORDER);
        this.audit = audit;
    }

    public OrderOutcome<Order> handle(Caller caller, Door door, OrderId id) {
        return one.permitted(caller, door, id, (permit, read) -> {
            Optional<Order> found = read.get();
            audit.recordSoon(found.map(
                            order -> AuditEntry.of(permit, AuditEntry.DONE).about(id.toString(), order.version()))
                    .orElseGet(() -> AuditEntry.of(permit, AuditEntry.NOT_FOUND).about(id.toString())));
            return found.<OrderOutcome<Order>>map(Done::new).orElseGet(NotFound::new);
        });
    }
}
