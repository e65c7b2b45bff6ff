package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Caller;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.security.Challenges;
import dev.throughline.trail.ArgumentsDigest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders as resources, and prompts, in both eras alike. */
class ResourcesAndPromptsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final Caller ada = People.directly(People.ADA);
    private final Caller vic = People.directly(People.VIC);

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_person_is_listed_the_orders_that_the_tool_would_list(Era era) throws Exception {
        orders.put(People.VIC, "Lamp");
        orders.put(People.ADA, "Desk");

        assertEquals(List.of("orders://ORD-001"), uris(result(era, vic, "resources/list", "{}")));
        assertEquals(List.of("orders://ORD-001", "orders://ORD-002"), uris(result(era, ada, "resources/list", "{}")));
        assertEquals(
                List.of("orders://ORD-002"),
                uris(result(era, People.throughUnknownAgent(People.ADA), "resources/list", "{}")));
        assertEquals(
                2,
                uris(result(era, People.nightAgent(), "resources/list", "{}")).size());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_long_list_comes_in_pages_that_are_personal(Era era) throws Exception {
        for (int i = 0; i < 45; i++) {
            orders.put(i % 2 == 0 ? People.VIC : People.ADA, "Lamp");
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page =
                    result(era, ada, "resources/list", cursor == null ? "{}" : "{\"cursor\":\"" + cursor + "\"}");
            seen.addAll(uris(page));
            cursor = page.has("nextCursor") ? page.get("nextCursor").stringValue() : null;
            if (cursor != null) {
                assertEquals(-32602, error(era, vic, "resources/list", "{\"cursor\":\"" + cursor + "\"}"));
            }
        } while (cursor != null);

        assertEquals(45, seen.size());
        assertEquals(45, new HashSet<>(seen).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"\"", "\"x\"", "\"0:x\"", "\"7:\"", "\"0:\"", "\"-1:\"", "1", "null", "\"999999999999:\""})
    void a_cursor_that_is_not_ours_is_refused(String cursor) throws Exception {
        for (Era era : Era.values()) {
            result(era, ada, "resources/list", "{}");
            assertEquals(-32602, error(era, ada, "resources/list", "{\"cursor\":" + cursor + "}"));
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_resource_is_the_order_as_the_tool_shows_it(Era era) throws Exception {
        orders.put(People.VIC, "Lamp");

        JsonNode contents = result(era, vic, "resources/read", "{\"uri\":\"orders://ORD-001\"}")
                .at("/contents/0");

        assertEquals("orders://ORD-001", contents.get("uri").stringValue());
        assertEquals("application/json", contents.get("mimeType").stringValue());
        JsonNode order = result(era, vic, "tools/call", "{\"name\":\"get-order\",\"arguments\":{\"id\":\"ORD-001\"}}")
                .get("structuredContent");
        assertEquals(order, JSON.readTree(contents.get("text").stringValue()));
    }

    @ParameterizedTest
    @CsvSource({"LEGACY, -32002", "MODERN, -32602"})
    void somebody_elses_order_and_none_are_told_alike_to_the_byte(Era era, int code) throws Exception {
        orders.put(People.ADA, "Lamp");
        String foreign = read(era, vic, "orders://ORD-001").text();

        for (String uri : List.of(
                "orders://ORD-777",
                "orders://x",
                "orders://",
                "orders://ORD-001/",
                "orders://ord-001",
                "ORDERS://ORD-001",
                "orders:ORD-001",
                "file:///etc/passwd",
                "")) {
            String none = read(era, vic, uri).text();
            assertEquals(foreign, none.replace("\"uri\":\"" + uri + "\"", "\"uri\":\"orders://ORD-001\""));
        }
        assertEquals(code, JSON.readTree(foreign).at("/error/code").intValue());
        assertEquals(200, read(era, ada, "orders://ORD-001").status());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_long_address_is_not_repeated(Era era) throws Exception {
        assertFalse(read(era, ada, "orders://" + "x".repeat(600)).text().contains("xxx"));
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_missing_scope_is_a_real_403_that_names_it(Era era) throws Exception {
        orders.put(People.ADA, "Lamp");
        Caller without = People.directly(People.ADA, Set.of());
        assertEquals(200, read(era, ada, "orders://ORD-001").status());

        for (Exchange refused :
                List.of(read(era, without, "orders://ORD-001"), send(era, without, "resources/list", "{}"))) {
            assertEquals(403, refused.status());
            assertEquals(
                    Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_READ))),
                    refused.header("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_refusal_that_no_scope_can_mend_is_told_in_words_without_a_challenge(Era era) throws Exception {
        orders.put(People.ADA, "Lamp");
        Caller night = People.nightAgent();

        Exchange refused = read(era, night, "orders://ORD-001");

        assertEquals(200, refused.status());
        assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        assertEquals(403, JSON.readTree(refused.text()).at("/error/code").intValue());
        assertTrue(refused.text().contains("This agent has not been granted this tool"), refused.text());
        assertEquals(
                0,
                result(era, night, "resources/templates/list", "{}")
                        .get("resourceTemplates")
                        .size());
        assertEquals(
                1,
                result(era, ada, "resources/templates/list", "{}")
                        .get("resourceTemplates")
                        .size());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void every_decision_is_on_record_under_the_name_of_the_method(Era era) throws Exception {
        orders.put(People.ADA, "Lamp");
        send(era, ada, "resources/list", "{}");
        read(era, ada, "orders://ORD-001");
        read(era, vic, "orders://ORD-001");
        read(era, People.nightAgent(), "orders://ORD-001");
        read(era, People.directly(People.ADA, Set.of()), "orders://ORD-001");
        read(era, ada, "file:///etc/passwd");

        assertEquals(
                List.of(
                        "resources/list permit tenant_rows",
                        "resources/read permit tenant_rows",
                        "resources/read permit own_rows",
                        "resources/read deny tool_not_granted",
                        "resources/read needs_scope scope_missing"),
                log.calls().stream()
                        .map(call -> call.tool() + " " + call.decision() + " " + call.rule())
                        .toList());
        assertEquals(
                ArgumentsDigest.of(Map.of("uri", "orders://ORD-001")),
                log.calls().get(1).argumentsDigest());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void the_prompts_of_the_desk_send_the_model_to_the_tools(Era era) throws Exception {
        orders.put(People.ADA, "Lamp");
        JsonNode prompts = result(era, ada, "prompts/list", "{}").get("prompts");
        assertEquals("review-orders", prompts.at("/0/name").stringValue());
        assertEquals("answer-customer", prompts.at("/1/name").stringValue());

        String review = prompt(era, "{\"name\":\"review-orders\",\"arguments\":{\"status\":\"pending\"}}");
        String reply = prompt(
                era,
                "{\"name\":\"answer-customer\",\"arguments\":{\"id\":\"ORD-001\",\"question\":\"When does it come?\"}}");

        assertTrue(review.contains("the orders whose status is pending"), review);
        assertTrue(review.contains("list-orders"), review);
        assertTrue(reply.contains("the order ORD-001") && reply.endsWith("\n\nWhen does it come?"), reply);
        assertFalse((review + reply).contains("Lamp"), "A prompt holds nobody's data");
        assertEquals(List.of(), log.calls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"review\"}                                                    | There is no prompt of this name; list the prompts.",
                "{\"arguments\":{}}                                                       | There is no prompt of this name; list the prompts.",
                "{\"name\":\"review-orders\",\"arguments\":{\"status\":\"lost\"}}         | 'status must be one of pending, shipped, delivered, cancelled.'",
                "{\"name\":\"review-orders\",\"arguments\":{\"owner\":\"vic\"}}           | This prompt takes no other arguments than status.",
                "{\"name\":\"review-orders\",\"arguments\":{\"status\":1}}                | The arguments of a prompt must be an object of strings.",
                "{\"name\":\"review-orders\",\"arguments\":[]}                            | The arguments of a prompt must be an object of strings.",
                "{\"name\":\"answer-customer\",\"arguments\":{\"id\":\"ORD-001\"}}        | question is required.",
                "{\"name\":\"answer-customer\",\"arguments\":{\"id\":\"1\",\"question\":\"?\"}} | id must look like ORD-001.",
                "{\"name\":\"answer-customer\",\"arguments\":{\"id\":\"ORD-001\",\"question\":\" \"}} | question must be a text of 1 to 500 characters."
            })
    void arguments_of_prompts_are_checked(String params, String sentence) throws Exception {
        for (Era era : Era.values()) {
            JsonNode error =
                    JSON.readTree(send(era, ada, "prompts/get", params).text()).get("error");
            assertEquals(-32602, error.get("code").intValue());
            assertEquals(sentence, error.get("message").stringValue());
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void a_status_is_completed_and_orders_are_not(Era era) throws Exception {
        orders.put(People.ADA, "Lamp");

        assertEquals(
                JSON.readTree("{\"values\":[\"shipped\"],\"total\":1,\"hasMore\":false}"),
                result(
                                era,
                                ada,
                                "completion/complete",
                                completion("ref/prompt", "name", "review-orders", "status", "s"))
                        .get("completion"));
        assertEquals(
                0,
                result(era, ada, "completion/complete", completion("ref/resource", "uri", "orders://{id}", "id", "O"))
                        .at("/completion/values")
                        .size());
        for (String wrong : List.of(
                completion("ref/prompt", "name", "review-orders", "owner", "s"),
                completion("ref/prompt", "name", "nothing", "status", "s"),
                completion("ref/resource", "uri", "orders://ORD-001", "id", "O"),
                completion("ref/tool", "name", "list-orders", "status", "s"),
                "{}")) {
            assertEquals(-32602, error(era, ada, "completion/complete", wrong));
        }
    }

    private static String completion(String type, String key, String ref, String argument, String value) {
        return "{\"ref\":{\"type\":\"%s\",\"%s\":\"%s\"},\"argument\":{\"name\":\"%s\",\"value\":\"%s\"}}"
                .formatted(type, key, ref, argument, value);
    }

    private String prompt(Era era, String params) throws Exception {
        JsonNode message = result(era, ada, "prompts/get", params).at("/messages/0");
        assertEquals("user", message.get("role").stringValue());
        return message.at("/content/text").stringValue();
    }

    private Exchange read(Era era, Caller caller, String uri) throws Exception {
        return send(era, caller, "resources/read", "{\"uri\":\"" + uri + "\"}");
    }

    private static List<String> uris(JsonNode page) {
        List<String> uris = new ArrayList<>();
        page.get("resources").forEach(resource -> uris.add(resource.get("uri").stringValue()));
        return uris;
    }

    private int error(Era era, Caller caller, String method, String params) throws Exception {
        return JSON.readTree(send(era, caller, method, params).text())
                .at("/error/code")
                .intValue();
    }

    private JsonNode result(Era era, Caller caller, String method, String params) throws Exception {
        Exchange answer = send(era, caller, method, params);
        assertEquals(200, answer.status(), answer.text());
        JsonNode response = JSON.readTree(answer.text());
        assertTrue(response.has("result"), answer.text());
        return response.get("result");
    }

    private Exchange send(Era era, Caller caller, String method, String params) throws Exception {
        McpServlet servlet = TestEndpoint.of(caller, orders, log).servlet();
        if (era == Era.MODERN) {
            return ModernEraTest.exchange(ModernEraTest.request(method, params)).sentTo(servlet);
        }
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                .with("Host", "localhost:9080")
                .with("Content-Type", "application/json")
                .sentTo(servlet);
    }
}
