package dev.throughline.in.mcp;

import static java.util.Map.entry;

import dev.throughline.order.CustomerName;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What goes into the order tools and what comes out. */
final class OrderSchemas {
    private static final int MAX_CURSOR_LENGTH = 200;
    private static final List<String> STATUSES =
            Arrays.stream(OrderStatus.values()).map(OrderStatus::wire).toList();

    private OrderSchemas() {}

    static Input listInput() {
        return Input.of(
                status("Only orders in this status; leave out for all."),
                Parameter.integer(
                                "limit",
                                "How many orders at most; " + OrderQuery.DEFAULT_LIMIT + " if left out.",
                                1,
                                OrderQuery.MAX_LIMIT)
                        .optional(),
                Parameter.text(
                                "cursor",
                                "The next_cursor of the page before; leave out for the first page.",
                                MAX_CURSOR_LENGTH)
                        .optional());
    }

    static Input idInput() {
        return Input.of(id("The order's id, such as ORD-001."));
    }

    static Input createInput() {
        return Input.of(customerName("Whom the order is for."), product("What is ordered."), quantity("How many."));
    }

    static Input updateInput() {
        return Input.of(
                id("The id of the order to change, such as ORD-001."),
                customerName("Another customer; leave out to keep.").optional(),
                product("Another product; leave out to keep.").optional(),
                quantity("Another quantity; leave out to keep.").optional(),
                status("Another status; leave out to keep. What is pending can become shipped or cancelled, and what is"
                        + " shipped delivered."));
    }

    static Map<String, Object> order() {
        return Schema.object(Schema.members(
                entry("id", id("The order's id.").schema()),
                entry("customer_name", Schema.text("Whom it is for.")),
                entry("product", Schema.text("What is ordered.")),
                entry("quantity", quantity("How many.").schema()),
                entry("status", status("How far it has come.").schema()),
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

    private static Parameter id(String description) {
        return Parameter.pattern("id", description, OrderId.PATTERN, "ORD-001");
    }

    private static Parameter customerName(String description) {
        return Parameter.text("customer_name", description, CustomerName.MAX_LENGTH);
    }

    private static Parameter product(String description) {
        return Parameter.text("product", description, Product.MAX_LENGTH);
    }

    private static Parameter quantity(String description) {
        return Parameter.integer("quantity", description, 1, Quantity.MAX);
    }

    private static Parameter status(String description) {
        return Parameter.oneOf("status", description, STATUSES).optional();
    }
}
