package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;
import java.time.Clock;

/** Use case: see the orders that one may see, a page at a time. */
public final class ListOrders {
    private final AccessPolicy policy;
    private final Orders orders;
    private final AuditLog audit;
    private final Clock clock;

    public ListOrders(AccessPolicy policy, Orders orders, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
    }

    public OrderOutcome<OrderPage> handle(Caller caller, Door door, OrderQuery query) {
        return policy.decide(caller, Action.LIST_ORDERS, Facts.at(door), clock.instant())
                .either(
                        permit -> {
                            OrderPage page = orders.list(permit, query);
                            audit.recordSoon(AuditEntry.of(permit, AuditEntry.DONE));
                            return new Done<>(page);
                        },
                        refusal -> {
                            audit.record(AuditEntry.refused(caller, Action.LIST_ORDERS, refusal));
                            return new Refused<>(refusal);
                        });
    }
}
