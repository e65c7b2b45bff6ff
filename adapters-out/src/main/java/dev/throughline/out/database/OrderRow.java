package dev.throughline.out.database;

import dev.throughline.access.Caller;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.order.CustomerName;
import dev.throughline.order.InvalidValueException;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * An order as a row. Its version is counted by our own conditional statements rather than by {@code @Version}, so that
 * a write is one statement that says who may make it.
 */
@Entity
@Table(name = "orders")
class OrderRow {
    @Id
    @SequenceGenerator(name = "orders_number", sequenceName = "orders_number_seq", allocationSize = 1)
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "orders_number")
    private Long number;

    private UUID tenant;

    private UUID owner;

    @Column(name = "customer_name")
    private String customerName;

    private String product;

    private int quantity;

    private String status;

    @Column(name = "created_at")
    private Instant createdAt;

    private long version;

    /** For the provider. */
    protected OrderRow() {}

    /** A pending order of a caller, placed now. */
    static OrderRow of(Caller caller, NewOrder order, Instant now) {
        OrderRow row = new OrderRow();
        row.tenant = caller.tenant().value();
        row.owner = caller.objectId();
        row.customerName = order.customerName().value();
        row.product = order.product().value();
        row.quantity = order.quantity().value();
        row.status = OrderStatus.PENDING.wire();
        row.createdAt = Storable.moment(now);
        row.version = 1;
        return row;
    }

    /** @throws IllegalStateException if the row is no order, which is no fault of whoever asked for it */
    Order toOrder() {
        try {
            return new Order(
                    OrderId.of(number),
                    new TenantId(tenant),
                    new UserId(owner),
                    new CustomerName(customerName),
                    new Product(product),
                    new Quantity(quantity),
                    OrderStatus.parse(status),
                    createdAt,
                    version);
        } catch (InvalidValueException e) {
            throw new IllegalStateException("The stored order " + number + " is invalid", e);
        }
    }
}
