package dev.throughline.order;

import dev.throughline.order.OrderOutcome.ChangedMeanwhile;
import dev.throughline.order.OrderOutcome.NotFound;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads an order and writes it back only if nobody was faster. A caller who named no version does not care which one it
 * changes, so for them the read is repeated: for each attempt that was lost, somebody else's was made.
 */
final class OptimisticWrite {
    private static final int ATTEMPTS = 100;

    private OptimisticWrite() {}

    /** @param write makes the change, or tells why it cannot be made; empty if somebody was faster */
    static OrderOutcome<Order> attempt(
            Supplier<Optional<Order>> read,
            OptionalLong expectedVersion,
            Function<Order, Optional<OrderOutcome<Order>>> write) {
        int attempts = expectedVersion.isPresent() ? 1 : ATTEMPTS;
        for (int i = 0; i < attempts; i++) {
            Optional<Order> order = read.get();
            if (order.isEmpty()) {
                return new NotFound<>();
            }
            if (expectedVersion.isPresent()
                    && expectedVersion.getAsLong() != order.get().version()) {
                return new ChangedMeanwhile<>();
            }
            Optional<OrderOutcome<Order>> outcome = write.apply(order.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new ChangedMeanwhile<>();
    }
}
