package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Caller;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2026-07-28 at the same address, over the same tools and decisions. */
class ModernEraTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String META = """
            {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
             "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
             "io.modelcontextprotocol/clientCapabilities": {}}
            """;

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final Caller ada = People.directly(People.ADA);
    private final Caller vic = People.directly(People.VIC);

    @Test
    void a_client_discovers_what_it_talks_to() throws Exception {
        JsonNode result = result(ada, "server/discover", "{}");

        assertEquals(
                JSON.readTree("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\"]"),
                result.get("supportedVersions"));
        assertEquals(
                Set.of("tools", "resources", "prompts", "completions"),
                Set.copyOf(result.get("capabilities").propertyNames()));
        assertTrue(result.get("instructions").stringValue().contains("signed-in person"));
    }

    @ParameterizedTest
    @CsvSource({
        "server/discover, 300000",
        "tools/list, 60000",
        "resources/list, 0",
        "resources/templates/list, 60000",
        "prompts/list, 300000"
    })
    void what_a_client_may_keep_it_may_keep_for_this_caller_alone(String method, int ttl) throws Exception {
        JsonNode result = result(ada, method, "{}");

        assertEquals("private", result.get("cacheScope").stringValue());
        assertEquals(ttl, result.get("ttlMs").intValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server/discover",
                "tools/list",
                "tools/call",
                "resources/list",
                "resources/templates/list",
                "resources/read",
                "prompts/list",
                "prompts/get",
                "completion/complete"
            })
    void every_result_says_that_it_is_one_and_whose(String method) throws Exception {
        orders.put(People.ADA, "Lamp");
        String params = switch (method) {
            case "tools/call" -> "{\"name\":\"whoami\"}";
            case "resources/read" -> "{\"uri\":\"orders://ORD-001\"}";
            case "prompts/get" -> "{\"name\":\"review-orders\"}";
            case "completion/complete" ->
                "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"review-orders\"},"
                        + "\"argument\":{\"name\":\"status\",\"value\":\"s\"}}";
            default -> "{}";
        };

        Exchange answer = send(ada, request(method, params));

        assertEquals(200, answer.status(), answer.text());
        assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        JsonNode response = JSON.readTree(answer.text());
        assertEquals(1, response.get("id").intValue());
        assertEquals("complete", response.at("/result/resultType").stringValue());
        assertEquals(
                "throughline-orders",
                response.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name")
                        .stringValue());
    }

    @Test
    void the_tools_are_the_same_as_in_older_revisions_for_each_caller() throws Exception {
        for (Caller caller : List.of(
                ada,
                vic,
                People.throughAssistant(People.ADA),
                People.nightAgent(),
                People.directly(People.ADA, Set.of(Scope.ORDERS_READ)))) {
            JsonNode older = JSON.readTree(legacy("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .sentTo(servlet(caller))
                            .text())
                    .at("/result/tools");

            assertEquals(older, result(caller, "tools/list", "{}").get("tools"));
        }
    }

    @Test
    void tools_answer_as_in_older_revisions() throws Exception {
        orders.put(People.VIC, "Lamp");
        for (String call : List.of(
                "{\"name\":\"list-orders\",\"arguments\":{\"limit\":5}}",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":\"ORD-001\"}}",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":\"ORD-999\"}}",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":1}}",
                "{\"name\":\"delete-order\",\"arguments\":{\"id\":\"ORD-001\"}}",
                "{\"name\":\"whoami\"}")) {
            JsonNode older = JSON.readTree(
                            legacy("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + call + "}")
                                    .sentTo(servlet(vic))
                                    .text())
                    .get("result");

            JsonNode newer = result(vic, "tools/call", call);

            assertEquals(older.get("content"), newer.get("content"));
            assertEquals(older.get("isError"), newer.get("isError"));
            assertEquals(older.get("structuredContent"), newer.get("structuredContent"));
        }
    }

    @Test
    void both_eras_are_decided_and_recorded_by_the_same_gate() throws Exception {
        orders.put(People.VIC, "Lamp");
        for (String call : List.of(
                "{\"name\":\"list-orders\",\"arguments\":{\"limit\":5}}",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":1}}",
                "{\"name\":\"delete-order\",\"arguments\":{\"id\":\"ORD-001\"}}")) {
            send(vic, request("tools/call", call));
            legacy("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + call + "}")
                    .sentTo(servlet(vic));
        }

        List<String> decisions = log.calls().stream()
                .map(call -> call.tool() + " " + call.argumentsDigest() + " " + call.rule())
                .toList();
        assertEquals(6, decisions.size());
        for (int i = 0; i < decisions.size(); i += 2) {
            assertEquals(decisions.get(i), decisions.get(i + 1));
        }
    }

    @Test
    void a_missing_scope_is_a_real_403_that_names_it() throws Exception {
        Caller reading = People.directly(People.ADA, Set.of(Scope.ORDERS_READ));
        assertEquals(200, send(reading, call("list-orders", "{}")).status());

        Exchange refused =
                send(reading, call("create-order", "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}"));

        assertEquals(403, refused.status());
        assertEquals(
                Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_WRITE))),
                refused.header("WWW-Authenticate"));
    }

    @Test
    void a_refusal_that_no_scope_can_mend_is_told_to_the_model_without_a_challenge() throws Exception {
        Exchange refused = send(vic, call("delete-order", "{\"id\":\"ORD-001\"}"));

        assertEquals(200, refused.status());
        assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        assertTrue(JSON.readTree(refused.text())
                .at("/result/content/0/text")
                .stringValue()
                .startsWith("Your role"));
    }

    @Test
    void a_notification_is_accepted_and_runs_nothing() throws Exception {
        ObjectNode body = call("create-order", "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}");
        body.remove("id");

        Exchange answer = send(ada, body);

        assertEquals(202, answer.status());
        assertEquals("", answer.text());
        assertEquals(1, orders.put(People.ADA, "the first").number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "subscriptions/listen",
                "tools/drop",
                "Tools/list",
                ""
            })
    void a_method_that_this_revision_does_not_have_here_is_not_found(String method) throws Exception {
        assertEquals(200, send(ada, request("tools/list", "{}")).status());

        Exchange answer = send(ada, request(method, "{}"));

        assertError(404, -32601, answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/params/_meta",
                "/params/_meta/io.modelcontextprotocol~1protocolVersion",
                "/params/_meta/io.modelcontextprotocol~1clientCapabilities",
                "/params"
            })
    void a_request_that_does_not_say_what_it_must_is_malformed(String missing) throws Exception {
        assertEquals(200, send(ada, request("server/discover", "{}")).status());

        ObjectNode body = request("server/discover", "{}");
        int last = missing.lastIndexOf('/');
        ((ObjectNode) body.at(missing.substring(0, last)))
                .remove(missing.substring(last + 1).replace("~1", "/"));

        assertError(400, -32602, send(ada, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.modelcontextprotocol/clientCapabilities | []",
                "io.modelcontextprotocol/clientCapabilities | null",
                "io.modelcontextprotocol/clientCapabilities | \"all\"",
                "io.modelcontextprotocol/protocolVersion    | 20260728",
                "io.modelcontextprotocol/protocolVersion    | null"
            })
    void what_a_request_says_of_itself_must_be_of_the_right_type(String key, String value) throws Exception {
        assertEquals(200, send(ada, request("server/discover", "{}")).status());

        ObjectNode body = request("server/discover", "{}");
        ((ObjectNode) body.at("/params/_meta")).set(key, JSON.readTree(value));

        assertError(400, -32602, send(ada, body));
    }

    @Test
    void who_the_client_says_it_is_need_not_be_said_and_decides_nothing() throws Exception {
        ObjectNode body = request("tools/list", "{}");
        ((ObjectNode) body.at("/params/_meta")).remove("io.modelcontextprotocol/clientInfo");

        assertEquals(
                result(vic, "tools/list", "{}").get("tools"),
                JSON.readTree(send(vic, body).text()).at("/result/tools"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "MCP-Protocol-Version | -",
                "MCP-Protocol-Version | 2025-11-25",
                "MCP-Protocol-Version | 2024-11-05",
                "MCP-Protocol-Version | 2026-07-29",
                "Mcp-Method           | -",
                "Mcp-Method           | tools/list",
                "Mcp-Method           | TOOLS/CALL",
                "Mcp-Method           | =?base64?dG9vbHMvY2FsbA==?=",
                "Mcp-Name             | -",
                "Mcp-Name             | delete-order",
                "Mcp-Name             | List-Orders",
                "Mcp-Name             | ''",
                "Mcp-Name             | =?base64?bGlzdC1vcmRlcg==?=",
                "Mcp-Name             | =?base64?!!?="
            })
    void a_header_that_is_missing_or_says_otherwise_than_the_body_is_refused_and_nothing_runs(
            String header, String value) throws Exception {
        ObjectNode body = call("list-orders", "{}");
        assertEquals(200, send(ada, body).status());
        assertEquals(1, log.calls().size());

        Exchange changed = exchange(body).without(header);
        Exchange answer = (value == null ? changed : changed.with(header, value)).sentTo(servlet(ada));

        assertError(400, -32020, answer);
        assertEquals(1, log.calls().size());
    }

    @ParameterizedTest
    @CsvSource({"MCP-Protocol-Version, 2026-07-28", "Mcp-Method, tools/call", "Mcp-Name, list-orders"})
    void a_header_that_comes_twice_is_refused_even_if_both_are_right(String header, String value) throws Exception {
        ObjectNode body = call("list-orders", "{}");
        assertEquals(200, send(ada, body).status());

        assertError(400, -32020, exchange(body).with(header, value).sentTo(servlet(ada)));
    }

    @Test
    void a_name_may_come_in_base64_and_with_space_around_it() throws Exception {
        ObjectNode body = call("list-orders", "{}");
        String encoded =
                "=?base64?" + Base64.getEncoder().encodeToString("list-orders".getBytes(StandardCharsets.UTF_8)) + "?=";

        for (String name : List.of(encoded, "  list-orders ")) {
            assertEquals(
                    200,
                    exchange(body)
                            .replacing("Mcp-Name", name)
                            .sentTo(servlet(ada))
                            .status());
        }
    }

    @Test
    void resources_and_prompts_are_named_in_the_header_too() throws Exception {
        orders.put(People.ADA, "Lamp");
        ObjectNode read = request("resources/read", "{\"uri\":\"orders://ORD-001\"}");
        ObjectNode prompt = request("prompts/get", "{\"name\":\"review-orders\"}");
        assertEquals(200, send(ada, read).status());
        assertEquals(200, send(ada, prompt).status());

        assertError(
                400,
                -32020,
                exchange(read).replacing("Mcp-Name", "orders://ORD-002").sentTo(servlet(ada)));
        assertError(400, -32020, exchange(prompt).without("Mcp-Name").sentTo(servlet(ada)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2026-07-29", "1999-01-01", "v999.0.0"})
    void a_revision_that_is_not_spoken_is_refused_with_those_that_are(String revision) throws Exception {
        ObjectNode body = request("server/discover", "{}");
        assertEquals(200, send(ada, body).status());

        ((ObjectNode) body.at("/params/_meta")).put("io.modelcontextprotocol/protocolVersion", revision);
        Exchange answer =
                exchange(body).replacing("MCP-Protocol-Version", revision).sentTo(servlet(ada));

        assertError(400, -32022, answer);
        JsonNode data = JSON.readTree(answer.text()).at("/error/data");
        assertEquals(revision, data.get("requested").stringValue());
        assertEquals("2026-07-28", data.at("/supported/0").stringValue());
    }

    /** Whoever claims an older revision gets that revision's form, and not one decision less. */
    @Test
    void a_downgrade_gains_nothing() throws Exception {
        ObjectNode body = call("delete-order", "{\"id\":\"ORD-001\"}");
        ((ObjectNode) body.at("/params/_meta")).put("io.modelcontextprotocol/protocolVersion", "2025-03-26");

        Exchange answer =
                exchange(body).replacing("MCP-Protocol-Version", "2025-03-26").sentTo(servlet(vic));
        assertTrue(JSON.readTree(answer.text()).at("/result/isError").booleanValue(), answer.text());

        Exchange hiding = exchange(body)
                .replacing("MCP-Protocol-Version", "2025-03-26")
                .replacing("Mcp-Name", "list-orders")
                .sentTo(servlet(vic));
        assertError(400, -32020, hiding);
        assertEquals("role_not_sufficient", log.calls().get(0).rule());
        assertEquals(1, log.calls().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | tools/call              | {\"name\":\"whoami\",\"arguments\":[]}",
                "400 | tools/call              | {\"arguments\":{}}",
                "400 | tools/call              | {\"name\":\"whoami\",\"inputResponses\":[]}",
                "400 | tools/call              | {\"name\":\"whoami\",\"requestState\":1}",
                "400 | tools/call              | {\"name\":\"whoami\",\"requestState\":\"AAAA\"}",
                "200 | tools/call              | {\"name\":\"chat\"}",
                "400 | tools/list              | {\"cursor\":\"x\"}",
                "400 | resources/read          | {}",
                "200 | resources/read          | {\"uri\":\"file:///etc/passwd\"}",
                "200 | prompts/get             | {\"name\":\"nothing\"}",
                "400 | completion/complete     | {}"
            })
    void parameters_that_cannot_be_are_an_error_in_our_words(int status, String method, String params)
            throws Exception {
        Exchange answer = send(ada, request(method, params));

        assertError(status, -32602, answer);
        assertEquals(List.of(), log.calls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32700 | {",
                "-32700 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"method\":\"tools/call\"}",
                "-32600 | [{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}]",
                "-32600 | {\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"server/discover\"}",
                "-32600 | {\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"server/discover\"}",
                "-32600 | {\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"server/discover\"}",
                "-32600 | {\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"server/discover\"}",
                "-32600 | {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "-32600 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"result\":{}}"
            })
    void what_is_no_message_is_refused(int code, String body) throws Exception {
        assertEquals(200, send(ada, request("server/discover", "{}")).status());

        Exchange answer = exchange(request("server/discover", "{}"), body).sentTo(servlet(ada));

        assertEquals(400, answer.status(), answer.text());
        JsonNode response = JSON.readTree(answer.text());
        assertEquals(code, response.at("/error/code").intValue(), answer.text());
        assertFalse(response.has("id") && response.get("id").isNull(), "An id that cannot be told is left out");
    }

    @Test
    void what_cannot_be_recorded_does_not_run() throws Exception {
        log.disconnect();

        JsonNode result = result(
                ada,
                "tools/call",
                "{\"name\":\"create-order\",\"arguments\":{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}}");

        assertTrue(result.get("isError").booleanValue());
        assertEquals(1, orders.put(People.ADA, "the first").number());
        Exchange read = send(ada, request("resources/read", "{\"uri\":\"orders://ORD-001\"}"));
        assertEquals(-32603, JSON.readTree(read.text()).at("/error/code").intValue(), read.text());
    }

    @Test
    void a_fault_of_ours_is_told_without_its_details() throws Exception {
        orders.breakDown();

        for (ObjectNode body : List.of(
                call("list-orders", "{}"),
                request("resources/list", "{}"),
                request("resources/read", "{\"uri\":\"orders://ORD-001\"}"))) {
            Exchange answer = send(ada, body);
            assertTrue(answer.text().contains("Something went wrong here"), answer.text());
            assertFalse(answer.text().contains("secret"), answer.text());
        }
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25, 2025-06-18", "2025-11-25, 2025-03-26", "2026-07-28, 2025-11-25", "2026-07-28, ''"})
    void revisions_older_than_the_oldest_that_is_wanted_are_refused(String oldest, String older) throws Exception {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String greeting = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + (older.isEmpty() ? "2025-03-26" : older)
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}";
        Exchange said = older.isEmpty() ? legacy(ping) : legacy(ping).with("MCP-Protocol-Version", older);
        assertEquals(200, said.sentTo(servlet(ada)).status());
        assertEquals(200, legacy(greeting).sentTo(servlet(ada)).status());

        McpServlet strict = TestEndpoint.of(ada, orders, log)
                .with(ProtocolVersions.since(oldest).orElseThrow())
                .servlet();

        Exchange again = older.isEmpty() ? legacy(ping) : legacy(ping).with("MCP-Protocol-Version", older);
        assertError(400, -32022, again.sentTo(strict));
        assertError(400, -32022, legacy(greeting).sentTo(strict));
        assertEquals(200, exchange(request("tools/list", "{}")).sentTo(strict).status());
    }

    @Test
    void a_client_that_would_like_another_revision_is_offered_one_that_is_spoken() throws Exception {
        String greeting =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}";

        assertEquals(
                "2025-11-25",
                JSON.readTree(legacy(greeting).sentTo(servlet(ada)).text())
                        .at("/result/protocolVersion")
                        .stringValue());
    }

    @Test
    void no_session_is_made_or_heeded() throws Exception {
        Exchange answer = exchange(request("server/discover", "{}"))
                .with("Mcp-Session-Id", "somebody-elses")
                .with("Last-Event-ID", "7")
                .sentTo(servlet(ada));

        assertEquals(200, answer.status());
        assertEquals(Optional.empty(), answer.header("Mcp-Session-Id"));
    }

    private static void assertError(int status, int code, Exchange answer) {
        assertEquals(status, answer.status(), answer.text());
        JsonNode response = JSON.readTree(answer.text());
        assertEquals(code, response.at("/error/code").intValue(), answer.text());
        assertEquals(1, response.at("/id").intValue(), answer.text());
        assertNull(response.get("result"));
        assertFalse(answer.text().contains("Exception") || answer.text().contains("modelcontextprotocol.s"));
    }

    private JsonNode result(Caller caller, String method, String params) throws Exception {
        Exchange answer = send(caller, request(method, params));
        assertEquals(200, answer.status(), answer.text());
        JsonNode response = JSON.readTree(answer.text());
        assertTrue(response.has("result"), answer.text());
        return response.get("result");
    }

    private Exchange send(Caller caller, ObjectNode body) throws Exception {
        return exchange(body).sentTo(servlet(caller));
    }

    static ObjectNode call(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    /** A request of 2026-07-28 that lacks nothing. */
    static ObjectNode request(String method, String params) {
        ObjectNode body =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        ObjectNode all = (ObjectNode) JSON.readTree(params);
        all.set("_meta", JSON.readTree(META));
        body.set("params", all);
        return body;
    }

    static Exchange exchange(ObjectNode body) {
        return exchange(body, body.toString());
    }

    private static Exchange exchange(ObjectNode told, String body) {
        Exchange exchange = legacy(body)
                .with("MCP-Protocol-Version", "2026-07-28")
                .with("Mcp-Method", told.get("method").stringValue());
        List<String> names = new ArrayList<>();
        for (String source : List.of("/params/name", "/params/uri")) {
            JsonNode name = told.at(source);
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        return names.isEmpty() ? exchange : exchange.with("Mcp-Name", names.get(0));
    }

    private static Exchange legacy(String body) {
        return Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                .with("Host", "localhost:9080")
                .with("Content-Type", "application/json");
    }

    private McpServlet servlet(Caller caller) {
        return TestEndpoint.of(caller, orders, log).servlet();
    }
}
