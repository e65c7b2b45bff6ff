package dev.throughline.order;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list, in the order of ids.
 *
 * @param items the orders
 * @param next where the next page starts after; empty on the last
 */
public record OrderPage(List<Order> items, Optional<OrderId> next) {
    public OrderPage {
        items = List.copyOf(items);
    }
}
