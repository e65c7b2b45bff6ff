package dev.throughline.in.orders;

import dev.throughline.order.OrderStatus;
import java.util.stream.Collectors;

/** Tells whoever wanted an impossible move which ones there are. */
public final class StatusMoves {
    private StatusMoves() {}

    /** What can become of an order in this status, in one sentence. */
    public static String sentence(OrderStatus status) {
        return status.next().isEmpty()
                ? "An order that is %s stays %s.".formatted(status.wire(), status.wire())
                : "An order that is %s can only become %s."
                        .formatted(
                                status.wire(),
                                status.next().stream().map(OrderStatus::wire).collect(Collectors.joining(" or ")));
    }
}
