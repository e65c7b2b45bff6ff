package dev.throughline.order;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can come of placing an order under a key.
 *
 * @param <T> what comes of it where the key is new
 */
public sealed interface Keyed<T> {

    /** Goes on in one of the four ways, so that no adapter can forget one. */
    default <R> R match(
            Function<T, R> first, Function<Order, R> again, Supplier<R> stillRunning, Supplier<R> keyReused) {
        if (this instanceof First<T> outcome) {
            return first.apply(outcome.value());
        }
        if (this instanceof Again<T> outcome) {
            return again.apply(outcome.order());
        }
        return this instanceof StillRunning<T> ? stillRunning.get() : keyReused.get();
    }

    /** The same, with what comes of a new key seen in another way. */
    default <R> Keyed<R> map(Function<T, R> seen) {
        return match(value -> new First<>(seen.apply(value)), Again::new, StillRunning::new, KeyReused::new);
    }

    /** Nothing had been placed under this key. */
    record First<T>(T value) implements Keyed<T> {}

    /**
     * The same order has been placed under this key before; nothing was done now.
     *
     * @param order as it was then, whatever has become of it since
     */
    record Again<T>(Order order) implements Keyed<T> {}

    /** A request with this key is being carried out; nothing was done by this one. */
    record StillRunning<T>() implements Keyed<T> {}

    /** Another order has been placed under this key; nothing was done. */
    record KeyReused<T>() implements Keyed<T> {}
}
