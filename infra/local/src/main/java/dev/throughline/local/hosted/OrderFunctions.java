package dev.throughline.local.hosted;

import dev.throughline.local.foundry.planner.Tool;
import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The functions that the agent's definition declares: the order desk's tools, described here once more, as somebody
 * describes them who only knows the order desk's documents.
 */
public final class OrderFunctions {

    private static final String DECLARED = """
            [
              {"type": "function", "name": "list-orders", "strict": false,
               "description": "Lists the orders that the person may see, a page at a time.",
               "parameters": {"type": "object", "additionalProperties": false, "required": [], "properties": {
                 "status": {"type": "string", "enum": ["pending", "shipped", "delivered", "cancelled"],
                            "description": "Only orders of this status."},
                 "limit": {"type": "integer", "minimum": 1, "maximum": 200, "description": "Orders on one page."},
                 "cursor": {"type": "string", "maxLength": 200,
                            "description": "The next_cursor of the page before."}}}},
              {"type": "function", "name": "get-order", "strict": true,
               "description": "Shows one order.",
               "parameters": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {
                 "id": {"type": "string", "pattern": "^ORD-[0-9]{3,10}$",
                        "description": "The order's id, such as ORD-001."}}}},
              {"type": "function", "name": "create-order", "strict": true,
               "description": "Places a new order in the person's name.",
               "parameters": {"type": "object", "additionalProperties": false,
                 "required": ["customer_name", "product", "quantity"], "properties": {
                 "customer_name": {"type": "string", "minLength": 1, "maxLength": 200,
                                   "description": "Whom it is for."},
                 "product": {"type": "string", "minLength": 1, "maxLength": 200, "description": "What is ordered."},
                 "quantity": {"type": "integer", "minimum": 1, "maximum": 10000, "description": "How many."}}}},
              {"type": "function", "name": "update-order", "strict": false,
               "description": "Changes one order; what is left out stays.",
               "parameters": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {
                 "id": {"type": "string", "pattern": "^ORD-[0-9]{3,10}$",
                        "description": "The order's id, such as ORD-001."},
                 "customer_name": {"type": "string", "minLength": 1, "maxLength": 200,
                                   "description": "Another customer."},
                 "product": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Another product."},
                 "quantity": {"type": "integer", "minimum": 1, "maximum": 10000,
                              "description": "Another quantity."},
                 "status": {"type": "string", "enum": ["pending", "shipped", "delivered", "cancelled"],
                            "description": "Another status: from pending to shipped or cancelled, from shipped to delivered."}}}},
              {"type": "function", "name": "delete-order", "strict": true,
               "description": "Deletes one order for good.",
               "parameters": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {
                 "id": {"type": "string", "pattern": "^ORD-[0-9]{3,10}$",
                        "description": "The order's id, such as ORD-001."}}}},
              {"type": "function", "name": "whoami", "strict": true,
               "description": "Tells whom the order desk takes the caller for.",
               "parameters": {"type": "object", "additionalProperties": false, "required": [], "properties": {}}},
              {"type": "function", "name": "health-check", "strict": true,
               "description": "Tells whether the order desk answers.",
               "parameters": {"type": "object", "additionalProperties": false, "required": [], "properties": {}}}
            ]""";

    private OrderFunctions() {}

    /** The declarations, as the Responses API writes function tools. */
    public static List<ObjectNode> declared() {
        List<ObjectNode> declared = new ArrayList<>();
        Json.MAPPER.readTree(DECLARED).forEach(function -> declared.add((ObjectNode) function));
        return declared;
    }

    /** The same, as the planner sees tools. */
    static List<Tool> tools() {
        return declared().stream()
                .map(function -> new Tool(
                        Json.text(function, "name"), Json.text(function, "description"), function.path("parameters")))
                .toList();
    }
}
