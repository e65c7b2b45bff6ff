package dev.throughline.order;

import dev.throughline.access.Approval;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can come of a use case of the order desk. Somebody else's order and one that does not exist are the same
 * outcome.
 *
 * @param <T> what the caller gets when it was done
 */
public sealed interface OrderOutcome<T> {

    /** Goes on in one of the six ways, so that no adapter can forget one. */
    default <R> R match(
            Function<Done<T>, R> done,
            Supplier<R> notFound,
            Supplier<R> changedMeanwhile,
            Function<OrderStatus, R> moveImpossible,
            Function<Approval, R> awaitsApproval,
            Function<Refusal, R> refused) {
        if (this instanceof Done<T> outcome) {
            return done.apply(outcome);
        }
        if (this instanceof AwaitsApproval<T> outcome) {
            return awaitsApproval.apply(outcome.approval());
        }
        if (this instanceof Refused<T> outcome) {
            return refused.apply(outcome.refusal());
        }
        if (this instanceof MoveImpossible<T> outcome) {
            return moveImpossible.apply(outcome.from());
        }
        return this instanceof NotFound<T> ? notFound.get() : changedMeanwhile.get();
    }

    /**
     * It was done, and is on disk.
     *
     * @param approved the permit by which it was done, where the person had approved it
     */
    record Done<T>(T value, Optional<Permit> approved) implements OrderOutcome<T> {
        /** It was done, without an approval. */
        public Done(T value) {
            this(value, Optional.empty());
        }
    }

    /** There is no such order, as far as this caller may know. */
    record NotFound<T>() implements OrderOutcome<T> {}

    /** The order is no longer in the version that the caller saw; nothing was done. */
    record ChangedMeanwhile<T>() implements OrderOutcome<T> {}

    /**
     * The order cannot go where the caller wants it; nothing was done, and nobody was asked.
     *
     * @param from the status that it is in, which knows where it can go
     */
    record MoveImpossible<T>(OrderStatus from) implements OrderOutcome<T> {}

    /** An agent wants it, and the person has been asked; nothing was done. */
    record AwaitsApproval<T>(Approval approval) implements OrderOutcome<T> {}

    /** The policy refused; nothing was read or written. */
    record Refused<T>(Refusal refusal) implements OrderOutcome<T> {}
}
