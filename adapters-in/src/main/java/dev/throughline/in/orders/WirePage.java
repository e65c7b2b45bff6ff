package dev.throughline.in.orders;

import dev.throughline.in.http.Representation;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list as callers see it.
 *
 * @param items the orders
 * @param nextCursor what to ask for the next page with; empty on the last
 */
public record WirePage(List<WireOrder> items, Optional<String> nextCursor) implements Representation {
    public WirePage {
        items = List.copyOf(items);
    }
}
