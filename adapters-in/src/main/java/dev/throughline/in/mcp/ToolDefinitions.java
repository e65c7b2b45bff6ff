package dev.throughline.in.mcp;

import static java.util.Map.entry;

import dev.throughline.access.Action;
import dev.throughline.in.mcp.OrderTool.Handler;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;

/**
 * What clients, models and people are told of the tools. A client that has approved these words must not find others
 * one day, so a test pins them.
 */
final class ToolDefinitions {
    private static final Input NOTHING = Input.of();

    private ToolDefinitions() {}

    static OrderTool listOrders(Handler handler) {
        return tool(
                Action.LIST_ORDERS,
                "List orders",
                "Lists the orders that the signed-in person may see, by id, a page at a time. Where next_cursor is not"
                        + " null there are more: pass it as cursor.",
                OrderSchemas.listInput(),
                OrderSchemas.page(),
                reads("List orders"),
                handler);
    }

    static OrderTool getOrder(Handler handler) {
        return tool(
                Action.READ_ORDER,
                "Show an order",
                "Shows one order by its id. Orders that the signed-in person may not see are answered like orders that"
                        + " do not exist.",
                OrderSchemas.idInput(),
                OrderSchemas.order(),
                reads("Show an order"),
                handler);
    }

    static OrderTool createOrder(Handler handler) {
        return tool(
                Action.CREATE_ORDER,
                "Place an order",
                "Places a new order in the name of the signed-in person. It is pending and gets the next free id.",
                OrderSchemas.createInput(),
                OrderSchemas.order(),
                writes("Place an order", false, false),
                handler);
    }

    static OrderTool updateOrder(Handler handler) {
        return tool(
                Action.UPDATE_ORDER,
                "Change an order",
                "Changes customer, product, quantity or status of one order; at least one of them must be given, and"
                        + " what is left out stays. Answers the order as it is afterwards.",
                OrderSchemas.updateInput(),
                OrderSchemas.order(),
                writes("Change an order", true, true),
                handler);
    }

    static OrderTool deleteOrder(Handler handler) {
        return tool(
                Action.DELETE_ORDER,
                "Delete an order",
                "Deletes one order for good; it cannot be brought back. Answers the order as it was.",
                OrderSchemas.idInput(),
                OrderSchemas.deleted(),
                writes("Delete an order", true, true),
                handler);
    }

    static OrderTool healthCheck(Handler handler) {
        return tool(
                Action.CHECK_HEALTH,
                "Check the connection",
                "Tells that this server answers, and its time.",
                NOTHING,
                Schema.object(Schema.members(
                        entry("status", Schema.oneOf("How the server is.", List.of("up"))),
                        entry("time", Schema.text("The server's time, in ISO 8601, UTC.")))),
                reads("Check the connection"),
                handler);
    }

    static OrderTool whoAmI(Handler handler) {
        return tool(
                Action.WHO_AM_I,
                "Who am I",
                "Tells whom this server takes the caller for, as it verified from the access token - the signed-in person"
                        + " and the agent or program that acts for them - and how it would decide now: which orders they"
                        + " may see, and for each tool whether it is permitted, needs a scope or the person's approval, or is"
                        + " refused and why.",
                NOTHING,
                Schema.object(Schema.members(
                        entry("user", Schema.nullableText("The person's object id; null if an agent acts as itself.")),
                        entry("tenant", Schema.text("The caller's tenant.")),
                        entry("roles", Schema.list("What the person is at the order desk.", Schema.text("A role."))),
                        entry("agent", Schema.nullableText("The agent that acts; null if none does.")),
                        entry("client", Schema.text("The OAuth client that the token was issued to.")),
                        entry("audience", Schema.text("Whom the token was made for.")),
                        entry(
                                "scopes",
                                Schema.list("What the person allowed that client to do.", Schema.text("A scope."))),
                        entry(
                                "kind",
                                Schema.oneOf(
                                        "How the caller comes: a person alone or through something, or an agent alone.",
                                        List.of(
                                                "person",
                                                "person_through_agent",
                                                "person_through_run",
                                                "person_through_unknown_agent",
                                                "agent_as_itself"))),
                        entry(
                                "route",
                                Schema.nullableText("How the agent's calls reach this server; null without one.")),
                        entry(
                                "rows",
                                Schema.oneOf("Which orders the caller may see.", List.of("own", "tenant", "none"))),
                        entry("tools", Schema.list("What would come of each tool now.", verdict())),
                        entry("policy", Schema.text("Names the rules that decide.")))),
                reads("Who am I"),
                handler);
    }

    private static Map<String, Object> verdict() {
        return Schema.object(Schema.members(
                entry("name", Schema.text("The tool.")),
                entry(
                        "decision",
                        Schema.oneOf(
                                "What the policy answers.",
                                List.of("permitted", "needs_scope", "needs_approval", "refused"))),
                entry(
                        "scopes",
                        Schema.list("What the person would have to allow the client, too.", Schema.text("A scope."))),
                entry("reason", Schema.nullableText("The rule that stands in the way; null if none does."))));
    }

    private static OrderTool tool(
            Action action,
            String title,
            String description,
            Input input,
            Map<String, Object> output,
            ToolAnnotations annotations,
            Handler handler) {
        Tool definition = Tool.builder(action.tool(), input.schema())
                .title(title)
                .description(description)
                .outputSchema(output)
                .annotations(annotations)
                .build();
        return new OrderTool(action, input, definition, handler);
    }

    private static ToolAnnotations reads(String title) {
        return annotations(title)
                .readOnlyHint(true)
                .destructiveHint(false)
                .idempotentHint(true)
                .build();
    }

    private static ToolAnnotations writes(String title, boolean destructive, boolean idempotent) {
        return annotations(title)
                .readOnlyHint(false)
                .destructiveHint(destructive)
                .idempotentHint(idempotent)
                .build();
    }

    private static ToolAnnotations.Builder annotations(String title) {
        return ToolAnnotations.builder().title(title).openWorldHint(false);
    }
}
