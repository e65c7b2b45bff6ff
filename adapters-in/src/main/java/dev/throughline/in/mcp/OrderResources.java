package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.access.Door;
import dev.throughline.in.http.Json;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.orders.WireOrder;
import dev.throughline.in.orders.WirePage;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.OrderQuery;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Orders, each at {@code orders://} and its id: what list-orders and get-order show, for clients to attach. */
@Dependent
class OrderResources implements McpResources {
    private static final String PREFIX = "orders://";
    private static final String JSON = "application/json";

    private final OrderDesk desk;
    private final OrderLists lists;

    @Inject
    OrderResources(OrderDesk desk, OrderLists lists) {
        this.desk = desk;
        this.lists = lists;
    }

    @Override
    public Action listing() {
        return Action.LIST_ORDERS;
    }

    @Override
    public Action reading() {
        return Action.READ_ORDER;
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(ResourceTemplate.builder(PREFIX + "{id}", "order")
                .title("An order")
                .description("One order by its id, such as ORD-001, as far as the signed-in person may see it.")
                .mimeType(JSON)
                .build());
    }

    @Override
    public boolean covers(String uri) {
        return uri.startsWith(PREFIX);
    }

    @Override
    public Page page(ToolContext context, Optional<String> cursor) throws ToolErrorException {
        OrderQuery query;
        try {
            query = lists.query(context.caller(), Optional.empty(), cursor, OrderQuery.DEFAULT_LIMIT);
        } catch (InvalidCursorException e) {
            throw new ToolErrorException(InvalidCursorException.SENTENCE);
        }
        return desk.list(context.caller(), Door.MCP, query)
                .match(
                        found -> page(lists.page(context.caller(), query, found.value())),
                        OrderResources::nothing,
                        OrderResources::nothing,
                        status -> nothing(),
                        approval -> nothing(),
                        refusal -> nothing());
    }

    @Override
    public List<ResourceContents> read(ToolContext context, String uri) {
        return desk.find(context.caller(), Door.MCP, uri.substring(PREFIX.length()))
                .match(
                        order -> List.of(contents(uri, WireOrder.of(order.value()))),
                        List::of,
                        List::of,
                        status -> List.of(),
                        approval -> List.of(),
                        refusal -> List.of());
    }

    private static Page page(WirePage page) {
        return new Page(page.items().stream().map(OrderResources::resource).toList(), page.nextCursor());
    }

    /** Reading was permitted a moment ago; whoever lost that right meanwhile sees nothing. */
    private static Page nothing() {
        return new Page(List.of(), Optional.empty());
    }

    private static Resource resource(WireOrder order) {
        return Resource.builder(PREFIX + order.id(), order.id())
                .title(order.quantity() + " × " + order.product())
                .mimeType(JSON)
                .build();
    }

    private static ResourceContents contents(String uri, WireOrder order) {
        return TextResourceContents.builder(uri, Json.text(order))
                .mimeType(JSON)
                .build();
    }
}
