package dev.throughline.in.orders;

import dev.throughline.access.Caller;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Turns what a caller asks of a list into a query, and its page into what the caller gets. */
@Dependent
public class OrderLists {
    private final CursorKey key;

    @Inject
    public OrderLists(CursorKey key) {
        this.key = key;
    }

    /**
     * The query that a caller means.
     *
     * @throws InvalidCursorException if the cursor is not one that this caller got for this status
     */
    public OrderQuery query(Caller caller, Optional<OrderStatus> status, Optional<String> cursor, int limit)
            throws InvalidCursorException {
        OrderCursors cursors = new OrderCursors(key, caller, status);
        Optional<OrderId> after = Optional.empty();
        if (cursor.isPresent()) {
            after = Optional.of(cursors.open(cursor.get()));
        }
        return new OrderQuery(status, after, limit);
    }

    /** The page that answers a query of {@code caller}. */
    public WirePage page(Caller caller, OrderQuery query, OrderPage page) {
        OrderCursors cursors = new OrderCursors(key, caller, query.status());
        return new WirePage(
                page.items().stream().map(WireOrder::of).toList(), page.next().map(cursors::issue));
    }
}
