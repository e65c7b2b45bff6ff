package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.mcp.ToolOutcome.Ran;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request that its client must add to, with a state that the client carries and cannot use otherwise. */
class RoundTripTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final Map<List<Object>, McpServlet> servlets = new HashMap<>();
    private final Caller ada = People.directly(People.ADA);

    @Test
    void a_client_is_asked_and_answers_in_a_second_request() throws Exception {
        JsonNode question = result(send(ada, NOW, first()));

        assertEquals("input_required", question.get("resultType").stringValue());
        assertEquals(
                "elicitation/create", question.at("/inputRequests/name/method").stringValue());
        assertFalse(question.has("ttlMs") || question.has("cacheScope"), "A question must not be kept");
        assertFalse(question.get("requestState").stringValue().contains("round one"));

        JsonNode answer = result(send(ada, NOW, second(question)));
        assertEquals("complete", answer.get("resultType").stringValue());
        assertEquals("round one, Zoe", answer.at("/content/0/text").stringValue());
    }

    @Test
    void a_state_is_good_for_its_caller_its_request_and_five_minutes_only() throws Exception {
        JsonNode question = result(send(ada, NOW, first()));
        Duration almost = RequestStates.LIFE.minusMillis(1);
        assertEquals(
                "complete",
                result(send(ada, NOW.plus(almost), second(question)))
                        .get("resultType")
                        .stringValue());

        refused(send(People.directly(People.VIC), NOW, second(question)));
        refused(send(People.throughAssistant(People.ADA), NOW, second(question)));
        refused(send(ada, NOW.plus(RequestStates.LIFE), second(question)));
        refused(send(ada, NOW, changed(second(question), "/params/arguments", args -> args.put("a", 2))));
        refused(send(ada, NOW, changed(second(question), "/params", params -> params.put("name", "ask-again"))));
        refused(send(ada, NOW, changed(second(question), "/params", params -> params.put("more", true))));
    }

    @Test
    void no_bit_of_a_state_can_be_changed() throws Exception {
        JsonNode question = result(send(ada, NOW, first()));
        String state = question.get("requestState").stringValue();
        assertEquals(200, send(ada, NOW, second(question)).status());

        for (int i = 0; i < state.length(); i++) {
            char other = state.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = state.substring(0, i) + other + state.substring(i + 1);
            if (i < state.length() - 1) {
                refused(send(
                        ada,
                        NOW,
                        changed(second(question), "/params", params -> params.put("requestState", tampered))));
            }
        }
        for (String wrong :
                List.of("", state + "AAAA", state.substring(4), state + "-TAMPERED", "AAAA", "!", "x".repeat(9))) {
            refused(send(ada, NOW, changed(second(question), "/params", params -> params.put("requestState", wrong))));
        }
    }

    @Test
    void a_client_is_not_asked_what_it_cannot_answer() throws Exception {
        assertEquals(200, send(ada, NOW, first()).status());

        Exchange answer = send(
                ada,
                NOW,
                changed(first(), "/params/_meta/io.modelcontextprotocol~1clientCapabilities", ObjectNode::removeAll));

        assertEquals(400, answer.status());
        JsonNode error = JSON.readTree(answer.text()).get("error");
        assertEquals(-32021, error.get("code").intValue());
        assertEquals(
                "{\"elicitation\":{}}", error.at("/data/requiredCapabilities").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "need"})
    void older_revisions_are_told_that_they_are_too_old(String tool) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{\"a\":1}}}";

        Exchange answer = Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                .with("Host", "localhost:9080")
                .with("Content-Type", "application/json")
                .sentTo(servlet(ada, NOW));

        assertEquals(
                "This needs a client of MCP 2026-07-28.",
                JSON.readTree(answer.text()).at("/result/content/0/text").stringValue());
    }

    @Test
    void a_tool_can_name_a_capability_that_it_needs() throws Exception {
        Exchange answer = send(ada, NOW, request("need"));

        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("\"requiredCapabilities\":{\"sampling\":{}}"), answer.text());
    }

    @Test
    void two_features_of_one_name_stop_the_start() {
        McpFeatures again = new McpFeatures() {
            @Override
            public List<McpTool> tools() {
                return List.of(new Asking("whoami"));
            }
        };

        assertThrows(
                IllegalStateException.class,
                () -> TestEndpoint.of(ada, orders, log).with(again).servlet());
    }

    private static void refused(Exchange answer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(-32602, JSON.readTree(answer.text()).at("/error/code").intValue(), answer.text());
    }

    private static JsonNode result(Exchange answer) {
        assertEquals(200, answer.status(), answer.text());
        return JSON.readTree(answer.text()).get("result");
    }

    private static ObjectNode first() {
        return request("ask");
    }

    private static ObjectNode second(JsonNode question) {
        return changed(first(), "/params", params -> {
            params.set(
                    "inputResponses", JSON.readTree("{\"name\":{\"action\":\"accept\",\"content\":{\"n\":\"Zoe\"}}}"));
            return params.set("requestState", question.get("requestState"));
        });
    }

    private static ObjectNode request(String tool) {
        ObjectNode request = ModernEraTest.call(tool, "{\"a\":1}");
        return changed(request, "/params/_meta/io.modelcontextprotocol~1clientCapabilities", capabilities -> {
            capabilities.putObject("elicitation");
            return capabilities;
        });
    }

    private static ObjectNode changed(ObjectNode request, String where, UnaryOperator<ObjectNode> change) {
        change.apply((ObjectNode) request.at(where));
        return request;
    }

    private Exchange send(Caller caller, Instant now, ObjectNode body) throws Exception {
        return ModernEraTest.exchange(body).sentTo(servlet(caller, now));
    }

    private McpServlet servlet(Caller caller, Instant now) {
        return servlets.computeIfAbsent(List.of(caller, now), key -> started(caller, now));
    }

    private McpServlet started(Caller caller, Instant now) {
        McpFeatures asking = new McpFeatures() {
            @Override
            public List<McpTool> tools() {
                return List.of(new Asking("ask"), new Asking("ask-again"), new Asking("need"));
            }
        };
        return TestEndpoint.of(caller, orders, log)
                .with(Clock.fixed(now, ZoneOffset.UTC))
                .with(asking)
                .servlet();
    }

    /** Asks for a name before it answers; or needs what nobody has declared. */
    private record Asking(String name) implements McpTool {
        @Override
        public Action action() {
            return Action.WHO_AM_I;
        }

        @Override
        public Tool definition() {
            return Tool.builder(name, Map.of("type", "object")).build();
        }

        @Override
        public Operation prepare(Map<String, @Nullable Object> arguments) {
            return context -> {
                if (name.equals("need")) {
                    throw new MissingCapabilityException(Set.of("sampling"));
                }
                if (context.roundTrip().requestState().isEmpty()) {
                    throw new InputRequiredException(
                            Map.of("name", Map.of("method", "elicitation/create", "params", Map.of())),
                            Optional.of("round one"));
                }
                JsonNode said = JSON.valueToTree(context.roundTrip().inputResponses());
                return new Ran(CallToolResult.builder()
                        .addTextContent(context.roundTrip().requestState().get() + ", "
                                + said.at("/name/content/n").stringValue())
                        .build());
            };
        }
    }
}
