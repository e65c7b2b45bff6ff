package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.order.Keyed;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.KeyReused;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * That an order was placed under a key, as a row. It holds neither the key nor what was ordered: whoever asks again
 * sends both, and what they do not send is here.
 */
@Entity
@Table(name = "order_key")
class OrderKeyRow {
    /** Of the person and the key, so that it is one of a kind in all tenants. */
    @Id
    @Column(name = "key_digest")
    private String keyDigest;

    private UUID tenant;

    private UUID owner;

    @Column(name = "request_digest")
    private String requestDigest;

    private long number;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For the provider. */
    protected OrderKeyRow() {}

    static OrderKeyRow of(String keyDigest, KeyedOrder order, Order placed) {
        OrderKeyRow row = new OrderKeyRow();
        row.keyDigest = keyDigest;
        row.tenant = placed.tenant().value();
        row.owner = placed.owner().value();
        row.requestDigest = order.digest();
        row.number = placed.id().number();
        row.createdAt = placed.createdAt();
        return row;
    }

    /** What whoever comes with the key again is told. */
    Keyed<Order> answer(KeyedOrder order) {
        return order.digest().equals(requestDigest) ? new Again<>(asPlaced(order.order())) : new KeyReused<>();
    }

    private Order asPlaced(NewOrder order) {
        return new Order(
                OrderId.of(number),
                new TenantId(tenant),
                new UserId(owner),
                order.customerName(),
                order.product(),
                order.quantity(),
                OrderStatus.PENDING,
                createdAt,
                1);
    }
}
