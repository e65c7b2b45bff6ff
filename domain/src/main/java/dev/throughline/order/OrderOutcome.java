package dev.throughline.order;

import dev.throughline.access.Decision.Refusal;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can come of a use case of the order desk. Somebody else's order and one that does not exist are the same
 * outcome.
 *
 * @param <T> what the caller gets when it was done
 */
public sealed interface OrderOutcome<T> {

    /** Goes on in one of the four ways, so that no adapter can forget one. */
    default <R> R match(
            Function<T, R> done, Supplier<R> notFound, Supplier<R> changedMeanwhile, Function<Refusal, R> refused) {
        if (this instanceof Done<T> outcome) {
            return done.apply(outcome.value());
        }
        if (this instanceof Refused<T> outcome) {
            return refused.apply(outcome.refusal());
        }
        return this instanceof NotFound<T> ? notFound.get() : changedMeanwhile.get();
    }

    /** It was done, and is on disk. */
    record Done<T>(T value) implements OrderOutcome<T> {}

    /** There is no such order, as far as this caller may know. */
    record NotFound<T>() implements OrderOutcome<T> {}

    /** The order is no longer in the version that the caller saw; nothing was done. */
    record ChangedMeanwhile<T>() implements OrderOutcome<T> {}

    /** The policy refused; nothing was read or written. */
    record Refused<T>(Refusal refusal) implements OrderOutcome<T> {}
}
