package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.http.Json;
import dev.throughline.in.orders.OrderDesk;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolDefinitionsTest {
    private final OrderDesk desk = Desk.over(new InMemoryOrders());
    private final OrderTools orderTools = new OrderTools(desk, Desk.lists(), Desk.POLICY, Clock.systemUTC());
    private final McpFeatures features = new OrderFeatures(orderTools, new OrderResources(desk, Desk.lists()));
    private final List<OrderTool> tools = orderTools.all();

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

    /** Clients approve what is offered by its words: whoever changes them here on purpose changes the digest, too. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "list-orders, fee685016ba2452c3a494c4144c58de846b8962cdfba3eec5b73aefee730dd6c",
        "get-order, c1e5090baeb89bbff1f894d560e0591acbae4bdf9d459bc9a4823fe9b7b0ce09",
        "create-order, 97c26251f19e8efebc3b8a45c11dc7d8ddb6a22083211ef1bbe4499558f9158b",
        "update-order, e49fdde6f80bc3354a2d99e6e845b42baa070a5eb89b8e46b7bcd5b879df273f",
        "delete-order, 1d3730eda36a73ed2042200979cfa80658f661f469882bebab8bb20fe53aa81d",
        "health-check, 31e248a18a06f103e52a939dc78bce0d5015a833ade8a170fbd3dcb13f57d7bd",
        "whoami, 4c3e95fe46c48555d9fd979a35759b0e32a51f6682d33a1c60b9611c148ac502",
        "orders://{id}, ee69126305cf3e3050b0fc6b1d0fe1b7195060eb6a58b2f0e22c8f240a20bd6e",
        "review-orders, 276f0c1372476fbcd2e17cadaf6bff37c0f9f22da63bf7a2c9e277c3175a3e18",
        "answer-customer, a02ec93323a975c0629da858af41585bd86cf39a1ebb7e118b49638502984299"
    })
    void nothing_that_clients_are_told_changes_unnoticed(String name, String digest)
            throws IOException, GeneralSecurityException {
        byte[] json =
                McpJsonDefaults.getMapper().writeValueAsBytes(definitions().get(name));

        assertEquals(
                digest,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)));
    }

    @Test
    void everything_that_is_offered_is_pinned() {
        assertEquals(
                Set.of(
                        "list-orders",
                        "get-order",
                        "create-order",
                        "update-order",
                        "delete-order",
                        "health-check",
                        "whoami",
                        "orders://{id}",
                        "review-orders",
                        "answer-customer"),
                definitions().keySet());
    }

    private Map<String, Object> definitions() {
        Map<String, Object> all = new HashMap<>();
        features.tools().forEach(tool -> all.put(tool.definition().name(), tool.definition()));
        features.resources().stream()
                .flatMap(resources -> resources.templates().stream())
                .forEach(template -> all.put(template.uriTemplate(), template));
        features.prompts().forEach(prompt -> all.put(prompt.definition().name(), prompt.definition()));
        return all;
    }

    /** The person is the token's. A parameter for one would invite a model to fill in somebody else. */
    @Test
    void nothing_takes_the_name_of_a_person() {
        Set<String> parameters = new TreeSet<>();
        tools.forEach(tool -> tool.input().parameters().forEach(parameter -> parameters.add(parameter.name())));
        features.prompts()
                .forEach(
                        prompt -> prompt.definition().arguments().forEach(argument -> parameters.add(argument.name())));

        assertEquals(
                Set.of("id", "customer_name", "product", "quantity", "status", "limit", "cursor", "question"),
                parameters);
    }

    @Test
    void every_tool_is_described_for_a_model_and_for_a_person() {
        tools.forEach(tool -> {
            Tool definition = tool.definition();
            assertTrue(definition.title().matches("[A-Z][A-Za-z ]{4,30}"), definition.title());
            assertTrue(definition.description().matches("(?s)[A-Z].{30,400}\\."), definition.description());
            tool.input()
                    .parameters()
                    .forEach(parameter -> assertTrue(
                            parameter.schema().get("description").toString().length() > 5, parameter.name()));
        });
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

    /** The schema of an object, and of every object within. */
    private static void closed(Map<String, Object> schema) {
        assertEquals("object", schema.get("type"));
        inspect(schema);
    }

    private static void inspect(Object schema) {
        if (schema instanceof Map<?, ?> one) {
            if ("object".equals(one.get("type"))) {
                assertEquals(false, one.get("additionalProperties"));
            }
            if ("array".equals(one.get("type"))) {
                assertNotNull(one.get("items"));
            }
            one.values().forEach(ToolDefinitionsTest::inspect);
        }
    }
}
