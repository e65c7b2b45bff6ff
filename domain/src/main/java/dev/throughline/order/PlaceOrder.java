package dev.throughline.order;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.ApprovalSpentException;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Proposal;
import dev.throughline.access.Questions;
import dev.throughline.access.Questions.Effect;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.OrderOutcome.AwaitsApproval;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;
import dev.throughline.trail.ArgumentsDigest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Use case: place an order; it is pending and belongs to whoever placed it. */
public final class PlaceOrder {
    private final AccessPolicy policy;
    private final Questions questions;
    private final Orders orders;
    private final AuditLog audit;
    private final Clock clock;

    public PlaceOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.questions = questions;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
    }

    public OrderOutcome<Order> handle(Caller caller, Door door, NewOrder order) {
        return decide(
                caller,
                door,
                order,
                permit -> place(permit, order),
                (toShow, proposal) -> ask(caller, proposal, order),
                refusal -> refused(caller, order, refusal));
    }

    /**
     * Places an order once, however often it is asked for under the same key. Whether the caller may is decided each
     * time.
     */
    public Keyed<OrderOutcome<Order>> handle(Caller caller, Door door, KeyedOrder order) {
        return decide(
                caller,
                door,
                order.order(),
                permit -> place(permit, order),
                (toShow, proposal) -> askUnlessPlaced(toShow, proposal, order),
                refusal -> new First<>(refused(caller, order.order(), refusal)));
    }

    /** Asks the person whether an agent may do this, and does nothing else. */
    public OrderOutcome<Order> propose(Caller caller, Door door, NewOrder order) {
        Decision decision = policy.decide(caller, Action.CREATE_ORDER, Facts.at(door), clock.instant());
        return decision instanceof Permit || decision instanceof NeedsApproval
                ? ask(caller, proposal(caller, order), order)
                : refused(caller, order, (Refusal) decision);
    }

    private <R> R decide(
            Caller caller,
            Door door,
            NewOrder order,
            Function<Permit, R> permitted,
            BiFunction<Permit, Proposal, R> asking,
            Function<Refusal, R> refused) {
        Facts facts = Facts.at(door);
        Decision decision = policy.decide(caller, Action.CREATE_ORDER, facts, clock.instant());
        if (!(decision instanceof NeedsApproval needs)) {
            return decision.either(permitted, refused);
        }
        Proposal proposal = proposal(caller, order);
        Decision answered = questions.decide(caller, facts, proposal);
        return answered instanceof NeedsApproval
                ? asking.apply(needs.toShow(), proposal)
                : answered.either(permitted, refused);
    }

    private OrderOutcome<Order> place(Permit permit, NewOrder order) {
        try {
            return done(permit, orders.add(permit, order));
        } catch (ApprovalSpentException e) {
            return refused(permit.caller(), order, new Deny(DenyReason.APPROVAL_USED));
        }
    }

    private Keyed<OrderOutcome<Order>> place(Permit permit, KeyedOrder order) {
        try {
            return noted(permit, orders.add(permit, order).map(placed -> done(permit, placed)));
        } catch (ApprovalSpentException e) {
            return new First<>(refused(permit.caller(), order.order(), new Deny(DenyReason.APPROVAL_USED)));
        }
    }

    private static OrderOutcome<Order> done(Permit permit, Order placed) {
        return new Done<>(
                placed, Optional.of(permit).filter(used -> used.approval().isPresent()));
    }

    /**
     * What was approved and done needs no other approval to be told again. Looked for only now that there is no unused
     * approval: whoever used it has committed, so that what they placed is there to be found.
     */
    private Keyed<OrderOutcome<Order>> askUnlessPlaced(Permit toShow, Proposal proposal, KeyedOrder order) {
        return orders.placedBefore(toShow, order)
                .map(before -> noted(toShow, before.<OrderOutcome<Order>>map(Done::new)))
                .orElseGet(() -> new First<>(ask(toShow.caller(), proposal, order.order())));
    }

    /** Records that nothing came of what was not refused; whoever adds an order has recorded it. */
    private Keyed<OrderOutcome<Order>> noted(Permit permit, Keyed<OrderOutcome<Order>> placed) {
        placed.match(
                        first -> Optional.<String>empty(),
                        before -> Optional.of(AuditEntry.REPLAYED),
                        () -> Optional.of(AuditEntry.REQUEST_RUNNING),
                        () -> Optional.of(AuditEntry.KEY_REUSED))
                .ifPresent(outcome ->
                        audit.recordSoon(AuditEntry.of(permit.caller(), Action.CREATE_ORDER, permit, outcome)));
        return placed;
    }

    private OrderOutcome<Order> refused(Caller caller, NewOrder order, Refusal refusal) {
        audit.record(AuditEntry.refused(caller, Action.CREATE_ORDER, refusal)
                .digest(Optional.of(ArgumentsDigest.of(arguments(order)))));
        return new Refused<>(refusal);
    }

    private OrderOutcome<Order> ask(Caller caller, Proposal proposal, NewOrder order) {
        return questions.ask(
                caller,
                proposal,
                new Effect(new LinkedHashMap<>(arguments(order)), Optional.empty(), Optional.of(Shown.of(order))),
                AwaitsApproval::new,
                Refused::new);
    }

    private static Proposal proposal(Caller caller, NewOrder order) {
        return Proposal.of(caller, Action.CREATE_ORDER, ArgumentsDigest.of(arguments(order)), OptionalLong.empty());
    }

    static Map<String, Object> arguments(NewOrder order) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("customer_name", order.customerName().value());
        arguments.put("product", order.product().value());
        arguments.put("quantity", order.quantity().value());
        return arguments;
    }
}
