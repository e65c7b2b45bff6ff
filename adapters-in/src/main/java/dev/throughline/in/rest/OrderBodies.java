package dev.throughline.in.rest;

import dev.throughline.in.http.JsonRequest;
import dev.throughline.order.Changes;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** Reads what callers send about orders. */
final class OrderBodies {
    private static final String CUSTOMER_NAME = "customer_name";
    private static final String PRODUCT = "product";
    private static final String QUANTITY = "quantity";
    private static final String STATUS = "status";

    private OrderBodies() {}

    static NewOrder newOrder(InputStream body, Optional<String> contentType) throws IOException {
        JsonRequest request = JsonRequest.read(body, contentType, Set.of(CUSTOMER_NAME, PRODUCT, QUANTITY));
        return new NewOrder(
                request.text(CUSTOMER_NAME)
                        .map(CustomerName::new)
                        .orElseThrow(() -> JsonRequest.missing(CUSTOMER_NAME)),
                request.text(PRODUCT).map(Product::new).orElseThrow(() -> JsonRequest.missing(PRODUCT)),
                request.integer(QUANTITY).map(Quantity::new).orElseThrow(() -> JsonRequest.missing(QUANTITY)));
    }

    static Changes changes(InputStream body, Optional<String> contentType) throws IOException {
        JsonRequest request = JsonRequest.read(body, contentType, Set.of(CUSTOMER_NAME, PRODUCT, QUANTITY, STATUS));
        return new Changes(
                request.text(CUSTOMER_NAME).map(CustomerName::new),
                request.text(PRODUCT).map(Product::new),
                request.integer(QUANTITY).map(Quantity::new),
                request.text(STATUS).map(OrderStatus::parse));
    }
}
