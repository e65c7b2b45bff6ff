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
import dev.throughline.order.OrderOutcome.AwaitsApproval;
import dev.throughline.order.OrderOutcome.ChangedMeanwhile;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.MoveImpossible;
import dev.throughline.order.OrderOutcome.NotFound;
import dev.throughline.order.OrderOutcome.Refused;
import dev.throughline.trail.ArgumentsDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What all changes of an order have in common: may the caller make it, to this very order, and can the order be changed
 * so at all? If an agent wants it, has the person approved exactly it? The store leaves out what the permit does not
 * cover; the policy is asked again about the row that was found, so that a store that forgot to would still change
 * nobody's.
 */
final class OrderChange {
    private final AccessPolicy policy;
    private final Questions questions;
    private final Orders orders;
    private final AuditLog audit;
    private final Clock clock;
    private final Action action;

    OrderChange(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock, Action action) {
        this.policy = policy;
        this.questions = questions;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
        this.action = action;
    }

    /**
     * A change that somebody wants.
     *
     * @param id of which order
     * @param expectedVersion the version that the caller saw, if it cares
     * @param arguments what was asked for, each with its parsed value
     * @param after what the order would be; empty if it would be gone
     * @param make makes the change if nobody was faster
     */
    record Wish(
            OrderId id,
            OptionalLong expectedVersion,
            Map<String, Object> arguments,
            Function<Order, Optional<Order>> after,
            BiFunction<Permit, Order, Optional<Order>> make) {}

    /** Makes the change, or asks the person first if an agent wants it. */
    OrderOutcome<Order> make(Caller caller, Door door, Wish wish) {
        Facts facts = Facts.at(door);
        Decision decision = policy.decide(caller, action, facts, clock.instant());
        if (decision instanceof Permit permit) {
            return noted(
                    AuditEntry.of(permit, AuditEntry.DONE),
                    wish,
                    OptimisticWrite.attempt(
                            () -> find(permit, caller, facts, wish),
                            wish.expectedVersion(),
                            order -> impossible(order, wish)
                                    .or(() -> wish.make().apply(permit, order).map(Done::new))));
        }
        if (decision instanceof NeedsApproval needs) {
            return found(needs, caller, facts, wish, order -> approved(caller, facts, order, wish));
        }
        return refused(caller, wish, (Refusal) decision);
    }

    /** Asks the person to approve the change and makes nothing, whatever has been approved so far. */
    OrderOutcome<Order> propose(Caller caller, Door door, Wish wish) {
        Facts facts = Facts.at(door);
        Decision decision = policy.decide(caller, action, facts, clock.instant());
        return decision instanceof Permit || decision instanceof NeedsApproval
                ? found(decision, caller, facts, wish, order -> ask(caller, proposal(caller, order, wish), order, wish))
                : refused(caller, wish, (Refusal) decision);
    }

    private OrderOutcome<Order> approved(Caller caller, Facts facts, Order order, Wish wish) {
        Proposal proposal = proposal(caller, order, wish);
        Decision decision = questions.decide(caller, facts.about(order.tenant(), order.owner()), proposal);
        if (decision instanceof NeedsApproval) {
            return ask(caller, proposal, order, wish);
        }
        return decision.either(permit -> make(permit, order, wish), refusal -> refused(caller, wish, refusal));
    }

    private OrderOutcome<Order> make(Permit permit, Order order, Wish wish) {
        try {
            return noted(
                    AuditEntry.of(permit, AuditEntry.DONE),
                    wish,
                    wish.make()
                            .apply(permit, order)
                            .<OrderOutcome<Order>>map(made -> new Done<>(made, Optional.of(permit)))
                            .orElseGet(ChangedMeanwhile::new));
        } catch (ApprovalSpentException e) {
            return refused(permit.caller(), wish, new Deny(DenyReason.APPROVAL_USED));
        }
    }

    private OrderOutcome<Order> ask(Caller caller, Proposal proposal, Order order, Wish wish) {
        return questions.ask(
                caller,
                proposal,
                new Effect(
                        new LinkedHashMap<>(wish.arguments()),
                        Optional.of(Shown.of(order)),
                        wish.after().apply(order).map(Shown::of)),
                AwaitsApproval::new,
                Refused::new);
    }

    private Proposal proposal(Caller caller, Order order, Wish wish) {
        return Proposal.of(caller, action, ArgumentsDigest.of(wish.arguments()), OptionalLong.of(order.version()));
    }

    /** Goes on with the order, if it is there and still in the version that the caller saw. */
    private OrderOutcome<Order> found(
            Decision decision, Caller caller, Facts facts, Wish wish, Function<Order, OrderOutcome<Order>> next) {
        Permit toShow = decision instanceof NeedsApproval needs ? needs.toShow() : (Permit) decision;
        Optional<Order> order = find(toShow, caller, facts, wish);
        boolean changed = order.isPresent()
                && wish.expectedVersion().isPresent()
                && wish.expectedVersion().getAsLong() != order.get().version();
        Optional<OrderOutcome<Order>> impossible = order.flatMap(known -> impossible(known, wish));
        if (order.isPresent() && !changed && impossible.isEmpty()) {
            return next.apply(order.get());
        }
        return noted(
                AuditEntry.of(caller, action, decision, AuditEntry.DONE),
                wish,
                changed ? new ChangedMeanwhile<>() : impossible.orElseGet(NotFound::new));
    }

    /** Decided on the row as it is; what is then written is written to this very version of it, or not at all. */
    private static Optional<OrderOutcome<Order>> impossible(Order order, Wish wish) {
        return wish.after()
                .apply(order)
                .filter(after -> !order.status().canBecome(after.status()))
                .map(after -> new MoveImpossible<>(order.status()));
    }

    /** Records that nothing came of what was not refused; whoever makes a change has recorded it. */
    private OrderOutcome<Order> noted(AuditEntry entry, Wish wish, OrderOutcome<Order> outcome) {
        if (outcome instanceof NotFound) {
            audit.recordSoon(entry.endedAs(AuditEntry.NOT_FOUND).about(wish.id().toString()));
        } else if (outcome instanceof ChangedMeanwhile) {
            audit.recordSoon(
                    entry.endedAs(AuditEntry.VERSION_CHANGED).about(wish.id().toString()));
        } else if (outcome instanceof MoveImpossible) {
            audit.recordSoon(
                    entry.endedAs(AuditEntry.STATUS_IMPOSSIBLE).about(wish.id().toString()));
        }
        return outcome;
    }

    private OrderOutcome<Order> refused(Caller caller, Wish wish, Refusal refusal) {
        audit.record(AuditEntry.refused(caller, action, refusal)
                .about(wish.id().toString())
                .digest(Optional.of(ArgumentsDigest.of(wish.arguments()))));
        return new Refused<>(refusal);
    }

    private Optional<Order> find(Permit permit, Caller caller, Facts facts, Wish wish) {
        Instant now = clock.instant();
        return orders.find(permit, wish.id()).filter(order -> {
            Decision decision = policy.decide(caller, action, facts.about(order.tenant(), order.owner()), now);
            return decision instanceof Permit || decision instanceof NeedsApproval;
        });
    }
}
