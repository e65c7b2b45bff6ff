package dev.throughline.order;

import java.util.Optional;

/**
 * What somebody wants to be different about an order; what is empty stays.
 *
 * @param customerName another customer
 * @param product another product
 * @param quantity another quantity
 * @param status another status
 */
public record Changes(
        Optional<CustomerName> customerName,
        Optional<Product> product,
        Optional<Quantity> quantity,
        Optional<OrderStatus> status) {

    public Changes {
        if (customerName.isEmpty() && product.isEmpty() && quantity.isEmpty() && status.isEmpty()) {
            throw new InvalidValueException(
                    "body", "Name at least one of customer_name, product, quantity and status to change.");
        }
    }
}
