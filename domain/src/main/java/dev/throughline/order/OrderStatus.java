package dev.throughline.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far an order has come. */
public enum OrderStatus {
    PENDING,
    SHIPPED,
    DELIVERED,
    CANCELLED;

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
