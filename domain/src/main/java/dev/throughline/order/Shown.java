package dev.throughline.order;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a person is shown of an order whose change they are asked to approve. */
final class Shown {
    private Shown() {}

    static Map<String, Object> of(Order order) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", order.id().toString());
        shown.putAll(of(order.customerName(), order.product(), order.quantity(), order.status()));
        return shown;
    }

    static Map<String, Object> of(NewOrder order) {
        return of(order.customerName(), order.product(), order.quantity(), OrderStatus.PENDING);
    }

    private static Map<String, Object> of(
            CustomerName customerName, Product product, Quantity quantity, OrderStatus status) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("customer_name", customerName.value());
        shown.put("product", product.value());
        shown.put("quantity", quantity.value());
        shown.put("status", status.wire());
        return shown;
    }
}
