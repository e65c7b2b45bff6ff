package dev.throughline.order;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far an order has come, and where it can go from there. */
public enum OrderStatus {
    PENDING,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** The statuses that can come next, in the order in which they are named; none where this is the end. */
    public List<OrderStatus> next() {
        return switch (this) {
            case PENDING -> List.of(SHIPPED, CANCELLED);
            case SHIPPED -> List.of(DELIVERED);
            case DELIVERED, CANCELLED -> List.of();
        };
    }

    /** Whether an order in this status may be said to be in {@code other}; to stay is no move, and always possible. */
    public boolean canBecome(OrderStatus other) {
        return this == other || next().contains(other);
    }

    /** The status as callers name it on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status that a caller named.
     *
     * @throws InvalidValueException if there is none of that name
     */
    public static OrderStatus parse(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "status",
                        "status must be one of "
                                + Arrays.stream(values()).map(OrderStatus::wire).collect(Collectors.joining(", "))
                                + "."));
    }
}
