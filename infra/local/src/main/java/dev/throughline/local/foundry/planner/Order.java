package dev.throughline.local.foundry.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An order as a tool returned it.
 *
 * @param id its id
 * @param customer who it is for
 * @param product what was ordered
 * @param quantity how many, as the tool wrote it
 * @param status where it is
 * @param created the day on which it was made
 * @param owner object id of the person it belongs to
 */
record Order(String id, String customer, String product, String quantity, String status, String created, String owner) {

    private static final List<String> HEAD = List.of("ID", "Customer", "Product", "Qty", "Status", "Created");

    /** Empty where the content is no order. */
    static Optional<Order> from(JsonNode content) {
        if (!content.path("id").isString()) {
            return Optional.empty();
        }
        return Optional.of(new Order(
                text(content, "id"),
                text(content, "customer_name"),
                text(content, "product"),
                text(content, "quantity"),
                text(content, "status"),
                text(content, "created_at").replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)T.*$", "$1"),
                text(content, "owner")));
    }

    static List<Order> listFrom(JsonNode page) {
        List<Order> orders = new ArrayList<>();
        page.path("items").forEach(item -> from(item).ifPresent(orders::add));
        return orders;
    }

    private static String text(JsonNode content, String property) {
        return content.path(property).asString("");
    }

    static String table(List<Order> orders) {
        return Markdown.table(HEAD, orders.stream().map(Order::cells).toList());
    }

    /** As in "2 × Desk Lamp for Zoe". */
    String inWords() {
        return Markdown.escape(quantity) + " \u00d7 " + Markdown.escape(product) + " for " + Markdown.escape(customer);
    }

    boolean mentions(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return (customer + "\n" + product).toLowerCase(Locale.ROOT).contains(wanted);
    }

    private List<String> cells() {
        return List.of(id, customer, product, quantity, status, created);
    }
}
