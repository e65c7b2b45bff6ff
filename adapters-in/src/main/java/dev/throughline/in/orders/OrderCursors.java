package dev.throughline.in.orders;

import dev.throughline.access.Caller;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.Cursors;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderStatus;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The cursors of one caller's list of orders in one status: 42 bytes, of which base64url makes 56 characters. */
final class OrderCursors {
    private final Cursors cursors;

    OrderCursors(CursorKey key, Caller caller, Optional<OrderStatus> status) {
        cursors = new Cursors(
                key,
                caller,
                "throughline orders cursor",
                status.map(OrderStatus::wire).orElse(""),
                Long.BYTES);
    }

    String issue(OrderId after) {
        return cursors.issue(
                ByteBuffer.allocate(Long.BYTES).putLong(after.number()).array());
    }

    OrderId open(String cursor) throws InvalidCursorException {
        return OrderId.of(cursors.open(cursor).getLong());
    }
}
