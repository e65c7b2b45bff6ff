package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.http.Json;
import dev.throughline.in.http.MalformedJsonException;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What we take is what we publish: a validator that knows only the schemas is asked the same. */
class InputTest {
    private static final String FACE = "\ud83d\ude00";

    private final List<OrderTool> tools =
            new OrderTools(Desk.over(new InMemoryOrders()), Desk.lists(), Desk.POLICY, Clock.systemUTC()).all();

    static Stream<Arguments> calls() {
        String order = "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}";
        return Stream.of(
                call(true, "whoami", "{}"),
                call(false, "whoami", "{\"as\":\"ana\"}"),
                call(true, "get-order", "{\"id\":\"ORD-001\"}"),
                call(true, "get-order", "{\"id\":\"ORD-9999999999\"}"),
                call(false, "get-order", "{\"id\":\"ORD-99999999999\"}"),
                call(false, "get-order", "{\"id\":\"ORD-0001\"}"),
                call(false, "get-order", "{\"id\":\"xORD-001\"}"),
                call(false, "get-order", "{\"id\":\"ORD-001x\"}"),
                call(false, "get-order", "{\"id\":\"ord-001\"}"),
                call(false, "get-order", "{\"id\":\"\"}"),
                call(false, "get-order", "{\"id\":1}"),
                call(false, "get-order", "{\"id\":null}"),
                call(false, "get-order", "{\"id\":[\"ORD-001\"]}"),
                call(false, "get-order", "{\"ID\":\"ORD-001\"}"),
                call(false, "get-order", "{}"),
                call(true, "list-orders", "{}"),
                call(true, "list-orders", "{\"limit\":1}"),
                call(true, "list-orders", "{\"limit\":200}"),
                call(true, "list-orders", "{\"limit\":2.0}"),
                call(false, "list-orders", "{\"limit\":0}"),
                call(false, "list-orders", "{\"limit\":201}"),
                call(false, "list-orders", "{\"limit\":1.5}"),
                call(false, "list-orders", "{\"limit\":\"3\"}"),
                call(false, "list-orders", "{\"limit\":true}"),
                call(false, "list-orders", "{\"limit\":null}"),
                call(false, "list-orders", "{\"limit\":99999999999999999999}"),
                call(true, "list-orders", "{\"status\":\"pending\"}"),
                call(false, "list-orders", "{\"status\":\"Pending\"}"),
                call(false, "list-orders", "{\"status\":{}}"),
                call(true, "list-orders", "{\"cursor\":\"" + "x".repeat(200) + "\"}"),
                call(false, "list-orders", "{\"cursor\":\"" + "x".repeat(201) + "\"}"),
                call(true, "create-order", order),
                call(true, "create-order", order.replace("L", "L".repeat(200))),
                call(false, "create-order", order.replace("L", "L".repeat(201))),
                call(true, "create-order", order.replace("L", FACE.repeat(200))),
                call(false, "create-order", order.replace("L", FACE.repeat(201))),
                call(false, "create-order", order.replace("L", "")),
                call(true, "create-order", order.replace("2", "10000")),
                call(false, "create-order", order.replace("2", "10001")),
                call(false, "create-order", order.replace("\"quantity\":2", "\"status\":\"shipped\"")),
                call(true, "update-order", "{\"id\":\"ORD-001\",\"status\":\"shipped\"}"),
                call(false, "update-order", "{\"status\":\"shipped\"}"));
    }

    @ParameterizedTest(name = "{1} with {2}")
    @MethodSource("calls")
    void a_call_is_taken_where_its_schema_takes_it(boolean taken, String tool, String json)
            throws MalformedJsonException {
        OrderTool called = tools.stream()
                .filter(known -> known.definition().name().equals(tool))
                .findFirst()
                .orElseThrow();
        Map<String, @Nullable Object> arguments = Json.map(Json.parse(json.getBytes(StandardCharsets.UTF_8)));

        assertEquals(taken, isValid(called.definition().inputSchema(), arguments));
        assertEquals(taken, isTaken(called, arguments));
    }

    @Test
    void the_schema_shows_what_may_be_left_out() {
        Input input = Input.of(
                Parameter.integer("one", "One.", 1, 2),
                Parameter.integer("two", "Two.", 1, 2).optional());

        assertEquals(List.of("one"), input.schema().get("required"));
        assertTrue(input.read(Map.of("one", 1)).integer("two").isEmpty());
        assertFalse(input.read(Map.of("one", 1, "two", 2)).integer("two").isEmpty());
    }

    private static boolean isValid(Map<String, Object> schema, Map<String, @Nullable Object> arguments) {
        return McpJsonDefaults.getSchemaValidator().validate(schema, arguments).valid();
    }

    private static boolean isTaken(OrderTool tool, Map<String, @Nullable Object> arguments) {
        try {
            tool.prepare(arguments);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private static Arguments call(boolean taken, String tool, String json) {
        return Arguments.of(taken, tool, json);
    }
}
