package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.http.Json;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolDefinitionsTest {
    private final List<OrderTool> tools = new OrderTools(
                    Desk.over(new InMemoryOrders()),
                    Desk.lists(),
                    new Told().refusals(People.directly(People.VIC)),
                    Clock.systemUTC())
            .all();

    @Test
    void the_tools_are_these_seven_in_this_order() {
        assertEquals(
                List.of(
                        "list-orders",
                        "get-order",
                        "create-order",
                        "update-order",
                        "delete-order",
                        "health-check",
                        "whoami"),
                tools.stream().map(tool -> tool.definition().name()).toList());
    }

    @Test
    void a_tool_is_called_as_its_action_is() {
        tools.forEach(
                tool -> assertEquals(tool.action().tool(), tool.definition().name()));
    }

    @Test
    void a_tool_publishes_what_it_takes() {
        tools.forEach(
                tool -> assertEquals(tool.input().schema(), tool.definition().inputSchema()));
    }

    /** Clients approve tools by their words: whoever changes them here on purpose changes the hash with them. */
    @Test
    void nothing_that_clients_are_told_changes_unnoticed() throws IOException, GeneralSecurityException {
        List<Tool> definitions = tools.stream().map(OrderTool::definition).toList();
        byte[] json = McpJsonDefaults.getMapper().writeValueAsBytes(definitions);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);

        assertEquals(
                "25214da614c6356e718a98fb69b785a3ded250efac0cbcc3c3838e0e6a1cfad6",
                HexFormat.of().formatHex(digest));
    }

    @Test
    void every_schema_is_closed_and_simple() {
        tools.forEach(tool -> {
            closed(tool.definition().inputSchema());
            closed(tool.definition().outputSchema());
            String input = Json.text(tool.definition().inputSchema());
            List.of("anyOf", "allOf", "oneOf", "$ref", "\"null\"")
                    .forEach(word -> assertFalse(input.contains(word), word));
        });
    }

    @Test
    void whatever_changes_orders_says_so_and_nothing_reaches_the_open_world() {
        tools.forEach(tool -> {
            var annotations = tool.definition().annotations();
            assertNotNull(annotations.title());
            assertEquals(!tool.action().writes(), annotations.readOnlyHint());
            assertEquals(false, annotations.openWorldHint());
        });
    }

    private static void closed(Map<String, Object> schema) {
        assertEquals("object", schema.get("type"));
        assertEquals(false, schema.get("additionalProperties"));
    }
}
