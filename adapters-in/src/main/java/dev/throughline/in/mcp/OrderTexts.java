package dev.throughline.in.mcp;

import dev.throughline.in.orders.WireOrder;
import dev.throughline.in.orders.WirePage;
import java.util.stream.Collectors;

/** Orders in words, for the person who reads along. */
final class OrderTexts {
    private static final int DAY_LENGTH = "2026-11-01".length();

    private OrderTexts() {}

    static String order(WireOrder order) {
        return "%s: %d × %s for %s, %s, placed on %s."
                .formatted(
                        order.id(),
                        order.quantity(),
                        order.product(),
                        order.customerName(),
                        order.status(),
                        order.createdAt().substring(0, DAY_LENGTH));
    }

    static String page(WirePage page) {
        String orders = page.items().stream().map(OrderTexts::order).collect(Collectors.joining("\n"));
        if (page.items().isEmpty()) {
            return "No orders.";
        }
        return page.nextCursor().isPresent() ? orders + "\nThere are more." : orders;
    }
}
