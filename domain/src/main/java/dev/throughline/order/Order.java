package dev.throughline.order;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import java.time.Instant;

/**
 * An order at the desk.
 *
 * @param id its number
 * @param tenant whose desk it lies on
 * @param owner who placed it
 * @param customerName whom it is for
 * @param product what is ordered
 * @param quantity how many
 * @param status how far it has come
 * @param createdAt when it was placed
 * @param version 1 when placed, one more with each change
 */
public record Order(
        OrderId id,
        TenantId tenant,
        UserId owner,
        CustomerName customerName,
        Product product,
        Quantity quantity,
        OrderStatus status,
        Instant createdAt,
        long version) {

    /** The order after a change; its version is the store's to count. */
    Order with(Changes changes) {
        return new Order(
                id,
                tenant,
                owner,
                changes.customerName().orElse(customerName),
                changes.product().orElse(product),
                changes.quantity().orElse(quantity),
                changes.status().orElse(status),
                createdAt,
                version);
    }
}
