package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.order.OrderOutcome.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What every use case of one order begins with: may the caller do this at all, and to this very order? The store leaves
 * out what the permit does not cover; the policy is asked again about the row that was found, so that a store that
 * forgot to would still show nobody anything.
 */
final class OneOrder {
    private final AccessPolicy policy;
    private final Orders orders;
    private final AuditLog audit;
    private final Clock clock;
    private final Action action;

    OneOrder(AccessPolicy policy, Orders orders, AuditLog audit, Clock clock, Action action) {
        this.policy = policy;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
        this.action = action;
    }

    /** Goes on with the permit and a way to read the order, unless the policy refuses. */
    OrderOutcome<Order> permitted(
            Caller caller,
            Door door,
            OrderId id,
            BiFunction<Permit, Supplier<Optional<Order>>, OrderOutcome<Order>> next) {
        Instant now = clock.instant();
        Facts facts = Facts.at(door);
        return policy.decide(caller, action, facts, now)
                .either(
                        permit -> next.apply(
                                permit,
                                () -> orders.find(permit, id)
                                        .filter(order ->
                                                permits(caller, facts.about(order.tenant(), order.owner()), now))),
                        refusal -> {
                            audit.record(
                                    AuditEntry.refused(caller, action, refusal).about(id.toString()));
                            return new Refused<>(refusal);
                        });
    }

    private boolean permits(Caller caller, Facts facts, Instant now) {
        return policy.decide(caller, action, facts, now) instanceof Permit;
    }
}
