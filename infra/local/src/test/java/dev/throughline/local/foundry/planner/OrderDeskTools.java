package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tools of the order desk, their results, and steps in short words. */
final class OrderDeskTools {

    static final Planner PLANNER = new GuidedPlanner();

    private static final JsonMapper JSON = new JsonMapper();

    private OrderDeskTools() {}

    static List<Tool> all() {
        return Stream.of(
                        tool("list-orders", "status", "limit", "cursor"),
                        tool("get-order", "id"),
                        tool("create-order", "customer_name", "product", "quantity"),
                        tool("update-order", "id", "customer_name", "product", "quantity", "status"),
                        tool("delete-order", "id"),
                        tool("whoami"),
                        tool("health-check"))
                .toList();
    }

    private static Tool tool(String name, String... properties) {
        var schema = JSON.createObjectNode();
        var described = schema.putObject("properties");
        Stream.of(properties).forEach(described::putObject);
        return new Tool(name, name, schema);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static ToolResult returned(String tool, String json) {
        return new ToolResult(tool, Map.of(), new ToolResult.Returned(json(json)));
    }

    static ToolResult failed(String tool, String reason) {
        return new ToolResult(tool, Map.of(), new ToolResult.Failed(reason));
    }

    /** The answer to a sentence after these results. */
    static String answer(String message, ToolResult... results) {
        Step step = PLANNER.next(new Turn(List.of(), message, all(), List.of(results)));
        return step instanceof Step.Answer answer ? answer.text() : "CALLS " + inShort(step);
    }

    /** The first step for the last of these sentences. */
    static String firstStep(String... messages) {
        List<Turn.Said> earlier = Stream.of(messages)
                .limit(messages.length - 1L)
                .map(said -> new Turn.Said(true, said))
                .toList();
        return inShort(PLANNER.next(new Turn(earlier, messages[messages.length - 1], all(), List.of())));
    }

    /** A call with its arguments in the tool's order, without the page size; an answer by its first three words. */
    private static String inShort(Step step) {
        if (step instanceof Step.Call call) {
            StringBuilder text = new StringBuilder(call.tool());
            call.arguments().forEach((name, value) -> {
                if (!name.equals("limit")) {
                    text.append(' ').append(name).append('=').append(value);
                }
            });
            return text.toString();
        }
        String text = ((Step.Answer) step).text();
        return "says " + String.join(" ", List.of(text.split("\\s+")).subList(0, 3));
    }
}
