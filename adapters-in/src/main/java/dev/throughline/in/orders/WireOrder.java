package dev.throughline.in.orders;

import dev.throughline.in.http.Representation;
import dev.throughline.order.Order;

/**
 * An order as callers see it.
 *
 * @param id its number
 * @param customerName whom it is for
 * @param product what is ordered
 * @param quantity how many
 * @param status how far it has come
 * @param createdAt when it was placed, in ISO 8601, UTC
 * @param owner the object id of who placed it
 * @param version what it is compared with before a change
 */
public record WireOrder(
        String id,
        String customerName,
        String product,
        int quantity,
        String status,
        String createdAt,
        String owner,
        long version)
        implements Representation {

    public static WireOrder of(Order order) {
        return new WireOrder(
                order.id().value(),
                order.customerName().value(),
                order.product().value(),
                order.quantity().value(),
                order.status().wire(),
                order.createdAt().toString(),
                order.owner().toString(),
                order.version());
    }
}
