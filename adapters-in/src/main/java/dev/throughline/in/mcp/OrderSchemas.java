package dev.throughline.in.mcp;

import static java.util.Map.entry;

import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What goes into the order tools and what comes out. */
final class OrderSchemas {
    private static final int MAX_TEXT = 200;
    private static final int MAX_LIMIT = 200;
    private static final String ID_PATTERN = "^ORD-[0-9]{3,10}$";

    private OrderSchemas() {}

    static Map<String, Object> listInput() {
        return Schema.object(
                Schema.members(
                        entry("status", status("Only orders in this status; leave out for all.")),
                        entry(
                                "limit",
                                Schema.integer(
                                        "How many orders at most; " + OrderQuery.DEFAULT_LIMIT + " if left out.",
                                        1,
                                        MAX_LIMIT)),
                        entry(
                                "cursor",
                                Schema.text("The next_cursor of the page before; leave out for the first page.", 200))),
                List.of());
    }

    static Map<String, Object> idInput() {
        return Schema.object(Schema.members(entry("id", id("The order's id, such as ORD-001."))));
    }

    static Map<String, Object> createInput() {
        return Schema.object(Schema.members(
                entry("customer_name", Schema.text("Whom the order is for.", MAX_TEXT)),
                entry("product", Schema.text("What is ordered.", MAX_TEXT)),
                entry("quantity", quantity("How many."))));
    }

    static Map<String, Object> updateInput() {
        return Schema.object(
                Schema.members(
                        entry("id", id("The id of the order to change, such as ORD-001.")),
                        entry("customer_name", Schema.text("Another customer; leave out to keep.", MAX_TEXT)),
                        entry("product", Schema.text("Another product; leave out to keep.", MAX_TEXT)),
                        entry("quantity", quantity("Another quantity; leave out to keep.")),
                        entry("status", status("Another status; leave out to keep."))),
                List.of("id"));
    }

    static Map<String, Object> order() {
        return Schema.object(Schema.members(
                entry("id", id("The order's id.")),
                entry("customer_name", Schema.text("Whom it is for.")),
                entry("product", Schema.text("What is ordered.")),
                entry("quantity", quantity("How many.")),
                entry("status", status("How far it has come.")),
                entry("created_at", Schema.text("When it was placed, in ISO 8601, UTC.")),
                entry("owner", Schema.text("The object id of the person who placed it.")),
                entry("version", Schema.integer("One more with each change.", 1))));
    }

    static Map<String, Object> page() {
        return Schema.object(Schema.members(
                entry("items", Schema.list("The orders, by id.", order())),
                entry(
                        "next_cursor",
                        Schema.nullableText("What to pass as cursor for the next page; null on the last."))));
    }

    static Map<String, Object> deleted() {
        return Schema.object(Schema.members(entry("deleted", order())));
    }

    private static Map<String, Object> id(String description) {
        return Schema.pattern(description, ID_PATTERN);
    }

    private static Map<String, Object> quantity(String description) {
        return Schema.integer(description, 1, Quantity.MAX);
    }

    private static Map<String, Object> status(String description) {
        return Schema.oneOf(
                description,
                Arrays.stream(OrderStatus.values()).map(OrderStatus::wire).toList());
    }
}
