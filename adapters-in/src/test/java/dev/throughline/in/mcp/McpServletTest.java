package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Budget;
import dev.throughline.access.Caller;
import dev.throughline.access.PolicyVersion;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.security.Challenges;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.VerifiedToolCall;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint as clients meet it: our servlet, the SDK behind it, and the real use cases. */
class McpServletTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final CountedBudgets budgets = new CountedBudgets();
    private final Told told = new Told();
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");

    @Test
    void a_client_is_shown_what_its_user_may_use() throws Exception {
        assertEquals(List.of("list-orders", "get-order", "health-check", "whoami"), tools(People.directly(People.VIC)));
        assertEquals(7, tools(People.directly(People.ADA)).size());
    }

    @Test
    void an_agent_is_shown_what_both_its_user_and_its_grant_allow() throws Exception {
        assertEquals(
                List.of("list-orders", "get-order", "create-order", "whoami"),
                tools(People.throughAssistant(People.ADA)));
        assertEquals(List.of("list-orders", "get-order", "whoami"), tools(People.throughAssistant(People.VIC)));
    }

    @Test
    void an_agent_as_itself_is_shown_its_own_grant_and_sees_the_tenants_orders() throws Exception {
        orders.put(People.VIC, "Lamp");
        orders.put(People.ADA, "Desk");

        JsonNode result = result(People.nightAgent(), "list-orders", "{}");

        assertEquals(List.of("list-orders", "whoami"), tools(People.nightAgent()));
        assertEquals(2, result.at("/structuredContent/items").size());
        assertEquals(Optional.empty(), log.calls().get(0).user());
        assertEquals(Optional.of("night-agent"), log.calls().get(0).agent());
    }

    @Test
    void an_agent_as_itself_is_nobody_and_is_told_so() throws Exception {
        JsonNode itself = result(People.nightAgent(), "whoami", "{}").get("structuredContent");

        assertTrue(itself.get("user").isNull());
        assertEquals("night-agent", itself.get("agent").stringValue());
        assertEquals(0, itself.get("roles").size());
        assertEquals(0, itself.get("scopes").size());
    }

    @Test
    void through_an_unknown_agent_people_see_their_own_orders_whatever_their_role() throws Exception {
        orders.put(People.VIC, "Lamp");
        orders.put(People.ADA, "Desk");
        Caller ada = People.throughUnknownAgent(People.ADA);

        assertEquals(List.of("list-orders", "get-order", "health-check", "whoami"), tools(ada));
        assertEquals(
                "Desk",
                result(ada, "list-orders", "{}")
                        .at("/structuredContent/items/0/product")
                        .stringValue());
        assertEquals(
                1,
                result(ada, "list-orders", "{}").at("/structuredContent/items").size());
    }

    @Test
    void a_tool_is_shown_before_the_token_has_the_scope_for_it() throws Exception {
        assertEquals(
                7, tools(People.directly(People.ADA, Set.of(Scope.ORDERS_READ))).size());
    }

    @Test
    void a_list_has_structured_content_words_and_the_same_as_json() throws Exception {
        orders.put(People.VIC, "Lamp");
        orders.put(People.ADA, "Desk");

        JsonNode result = result(People.directly(People.VIC), "list-orders", "{}");

        assertFalse(result.get("isError").booleanValue());
        JsonNode page = result.get("structuredContent");
        assertEquals(1, page.get("items").size());
        assertEquals("Lamp", page.get("items").get(0).get("product").stringValue());
        assertTrue(page.get("next_cursor").isNull());
        assertEquals("ORD-001: 2 × Lamp for Zoe, pending, placed on 2026-11-01.", text(result));
        assertEquals(page, JSON.readTree(result.at("/content/1/text").stringValue()));
        assertEquals("[\"user\"]", result.at("/content/0/annotations/audience").toString());
        assertEquals(
                "[\"assistant\"]", result.at("/content/1/annotations/audience").toString());
    }

    @Test
    void a_list_goes_on_where_its_cursor_says() throws Exception {
        orders.put(People.VIC, "Lamp");
        orders.put(People.VIC, "Desk");
        Caller vic = People.directly(People.VIC);

        String cursor = result(vic, "list-orders", "{\"limit\":1}")
                .at("/structuredContent/next_cursor")
                .stringValue();
        JsonNode next = result(vic, "list-orders", "{\"limit\":1,\"cursor\":\"" + cursor + "\"}");

        assertEquals("Desk", next.at("/structuredContent/items/0/product").stringValue());
        JsonNode foreign =
                result(People.directly(People.ADA), "list-orders", "{\"limit\":1,\"cursor\":\"" + cursor + "\"}");
        assertEquals("This cursor does not belong to this list; start again without one.", error(foreign));
    }

    @Test
    void orders_can_be_placed_changed_and_deleted() throws Exception {
        Caller ada = People.directly(People.ADA);

        JsonNode placed =
                result(ada, "create-order", "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}");
        String id = "{\"id\":\"" + placed.at("/structuredContent/id").stringValue() + "\"";
        JsonNode changed = result(ada, "update-order", id + ",\"quantity\":3}");
        JsonNode deleted = result(ada, "delete-order", id + "}");

        assertEquals(3, changed.at("/structuredContent/quantity").intValue());
        assertEquals(2, deleted.at("/structuredContent/deleted/version").intValue());
        assertEquals("There is no such order.", error(result(ada, "get-order", id + "}")));
    }

    @Test
    void somebody_elses_order_and_none_are_told_alike_to_the_byte() throws Exception {
        String foreign = orders.put(People.ADA, "Lamp").value();
        Caller vic = People.directly(People.VIC);

        assertEquals(
                call(vic, "get-order", "{\"id\":\"ORD-999\"}").text(),
                call(vic, "get-order", "{\"id\":\"" + foreign + "\"}").text());
    }

    @Test
    void a_missing_scope_is_a_real_403_that_names_it() throws Exception {
        Caller ada = People.directly(People.ADA, Set.of(Scope.ORDERS_READ));

        Exchange refused = call(ada, "create-order", "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}");

        assertEquals(403, refused.status());
        assertEquals(
                Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_WRITE))),
                refused.header("WWW-Authenticate"));
        assertEquals(
                "insufficient_scope",
                JSON.readTree(refused.text()).get("reason").stringValue());
        assertEquals(200, call(ada, "list-orders", "{}").status());
    }

    @Test
    void a_role_a_grant_and_a_missing_approval_are_told_to_the_model() throws Exception {
        String order = "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}";

        assertTrue(error(result(People.directly(People.VIC), "create-order", order))
                .startsWith("Your role"));
        assertTrue(error(result(People.throughAssistant(People.ADA), "delete-order", "{\"id\":\"ORD-001\"}"))
                .startsWith("This agent has not been granted"));
        assertTrue(error(result(People.throughAssistant(People.ADA), "create-order", order))
                .startsWith("This needs your approval: orders-assistant wants to call create-order for you."));
    }

    @Test
    void who_tries_to_change_too_much_has_to_wait_and_may_read_meanwhile() throws Exception {
        String order = "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}";
        Caller ada = People.directly(People.ADA);
        assertEquals(200, call(ada, "create-order", order).status());
        int recorded = log.calls().size();
        budgets.empty(Budget.ofWrite(ada).get(0), Duration.ofMillis(1200));

        for (String tool : List.of("create-order", "update-order", "delete-order")) {
            Exchange refused = call(ada, tool, order);

            assertEquals(429, refused.status());
            assertEquals(Optional.of("2"), refused.header("Retry-After"));
            assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
            assertEquals(
                    "rate_limited", JSON.readTree(refused.text()).get("reason").stringValue());
        }
        assertEquals(3, told.counts().get("limited writes mcp"));
        assertEquals(recorded, log.calls().size(), "Nothing was decided or done");
        for (String tool : List.of("list-orders", "get-order", "health-check", "whoami")) {
            assertEquals(200, call(ada, tool, "{\"id\":\"ORD-001\"}").status(), tool);
        }
        assertEquals(
                200, call(People.directly(People.VIC), "create-order", order).status(), "Somebody else");
    }

    @Test
    void an_agent_that_tries_to_change_too_much_does_not_cost_its_person_anything() throws Exception {
        Caller ada = People.throughAssistant(People.ADA);
        assertEquals(200, call(ada, "create-order", "{}").status());
        budgets.empty(Budget.ofWrite(ada).get(0), Duration.ofSeconds(1));
        int before = budgets.spent(Budget.ofWrite(People.directly(People.ADA)).get(0));

        assertEquals(429, call(ada, "create-order", "{}").status());

        assertEquals(1, told.counts().get("limited agent_writes mcp"));
        assertEquals(
                before,
                budgets.spent(Budget.ofWrite(People.directly(People.ADA)).get(0)));
        assertEquals(
                200, call(People.directly(People.ADA), "create-order", "{}").status());
    }

    @Test
    void where_nobody_knows_the_budgets_no_tool_runs() throws Exception {
        Caller ada = People.directly(People.ADA);
        budgets.away();

        Exchange refused = call(ada, "create-order", "{}");

        assertEquals(503, refused.status());
        assertEquals(Optional.of("5"), refused.header("Retry-After"));
        assertEquals(503, call(ada, "list-orders", "{}").status());
        assertEquals(List.of(), log.calls());
    }

    @Test
    void every_decision_is_on_record() throws Exception {
        Caller ada = People.throughAssistant(People.ADA);
        call(ada, "list-orders", "{\"limit\":5}");
        call(ada, "delete-order", "{\"id\":\"ORD-001\"}");
        call(People.directly(People.ADA, Set.of(Scope.ORDERS_READ)), "create-order", "{}");

        VerifiedToolCall first = log.calls().get(0);
        assertEquals("list-orders", first.tool());
        assertEquals(ArgumentsDigest.of(Map.of("limit", 5)), first.argumentsDigest());
        assertEquals(Optional.of("orders-assistant"), first.agent());
        assertEquals(Set.of("Orders.Read", "Orders.Write"), first.scopes());
        assertEquals(
                List.of("permit tenant_rows", "deny tool_not_granted", "needs_scope scope_missing"),
                log.calls().stream()
                        .map(call -> call.decision() + " " + call.rule())
                        .toList());
    }

    @Test
    void who_only_reads_does_not_wait_for_the_disk_and_a_change_or_a_refusal_is_on_it_first() throws Exception {
        call(People.directly(People.ADA), "list-orders", "{}");
        call(People.directly(People.ADA), "create-order", "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}");
        call(People.throughAssistant(People.ADA), "delete-order", "{\"id\":\"ORD-001\"}");

        assertEquals(
                List.of(true, false, false),
                log.calls().stream().map(log::isForSoon).toList());
    }

    @Test
    void what_cannot_be_recorded_does_not_run() throws Exception {
        log.disconnect();

        JsonNode result = result(
                People.directly(People.ADA),
                "create-order",
                "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}");

        assertEquals("The order desk is not available at the moment; try again shortly.", error(result));
        assertEquals(1, orders.put(People.ADA, "the first").number());
    }

    @Test
    void a_fault_of_ours_is_told_without_its_details() throws Exception {
        orders.disconnect();
        assertEquals(
                "The order desk is not available at the moment; try again shortly.",
                error(result(People.directly(People.ADA), "list-orders", "{}")));
        orders.breakDown();
        String answer = call(People.directly(People.ADA), "list-orders", "{}").text();
        assertTrue(answer.contains("Something went wrong here"), answer);
        assertFalse(answer.contains("secret"), answer);
    }

    @Test
    void whoami_tells_what_was_verified_and_how_it_will_be_decided() throws Exception {
        JsonNode identity =
                result(People.throughAssistant(People.VIC), "whoami", "{}").get("structuredContent");

        JsonNode expected = JSON.readTree("""
                {"user": "00000000-0000-0000-0000-0000000000b4", "tenant": "00000000-0000-0000-0000-000000000001",
                 "roles": ["Viewer"], "agent": "orders-assistant", "client": "assistant-client", "audience": "our-api",
                 "scopes": ["Orders.Read", "Orders.Write"], "kind": "person_through_agent", "route": "oauth",
                 "rows": "own",
                 "tools": [
                   {"name": "list-orders", "decision": "permitted", "scopes": [], "reason": null},
                   {"name": "get-order", "decision": "permitted", "scopes": [], "reason": null},
                   {"name": "create-order", "decision": "refused", "scopes": [], "reason": "role_not_sufficient"},
                   {"name": "update-order", "decision": "refused", "scopes": [], "reason": "role_not_sufficient"},
                   {"name": "delete-order", "decision": "refused", "scopes": [], "reason": "role_not_sufficient"},
                   {"name": "whoami", "decision": "permitted", "scopes": [], "reason": null},
                   {"name": "health-check", "decision": "refused", "scopes": [], "reason": "tool_not_granted"}],
                 "policy": "%s"}
                """.formatted(PolicyVersion.CURRENT));
        assertEquals(expected, identity);
    }

    @Test
    void whoami_tells_which_scope_is_missing_and_what_is_seen_without_it() throws Exception {
        JsonNode all = result(People.directly(People.ADA), "whoami", "{}");
        assertEquals("tenant", all.at("/structuredContent/rows").stringValue());
        assertTrue(text(all).contains("You may see all orders of your organisation."), text(all));

        JsonNode none = result(People.directly(People.ADA, Set.of()), "whoami", "{}");

        assertEquals("none", none.at("/structuredContent/rows").stringValue());
        assertEquals(
                JSON.readTree("{\"name\":\"create-order\",\"decision\":\"needs_scope\",\"scopes\":[\"Orders.Write\"],"
                        + "\"reason\":\"scope_missing\"}"),
                none.at("/structuredContent/tools/2"));
        assertTrue(text(none).contains("list-orders: needs the scope Orders.Read."), text(none));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get-order    | {}                                     | id is required.",
                "get-order    | {\"id\":1}                             | id must look like ORD-001.",
                "get-order    | {\"id\":null}                          | id must look like ORD-001.",
                "get-order    | {\"id\":\"ORD-0001\"}                  | id must look like ORD-001.",
                "get-order    | {\"id\":\"ORD-001\",\"owner\":\"me\"}   | There is no argument named owner; this tool takes id.",
                "whoami       | {\"as\":\"ana\"}                       | There is no argument named as; this tool takes none.",
                "list-orders  | {\"limit\":0}                          | limit must be a whole number from 1 to 200.",
                "list-orders  | {\"limit\":201}                        | limit must be a whole number from 1 to 200.",
                "list-orders  | {\"limit\":1.5}                        | limit must be a whole number from 1 to 200.",
                "list-orders  | {\"limit\":1e400}                      | limit must be a whole number from 1 to 200.",
                "list-orders  | {\"limit\":\"3\"}                      | limit must be a whole number from 1 to 200.",
                "list-orders  | {\"cursor\":\"\"}                      | cursor must be a text of 1 to 200 characters.",
                "list-orders  | {\"status\":\"lost\"} | 'status must be one of pending, shipped, delivered, cancelled.'",
                "create-order | {\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":0} | quantity must be a whole number from 1 to 10000.",
                "create-order | {\"customer_name\":\"Z\",\"product\":\" \",\"quantity\":1} | product must be one line of 1 to 200 characters.",
                "update-order | {\"id\":\"ORD-001\"} | 'Name at least one of customer_name, product, quantity and status to change.'"
            })
    void what_the_model_can_mend_is_a_tool_error_and_not_on_record_as_permitted(
            String tool, String arguments, String sentence) throws Exception {
        Caller ada = People.directly(People.ADA);

        assertEquals(sentence, error(result(ada, tool, arguments)));
        assertEquals(
                List.of("deny arguments_invalid"),
                log.calls().stream()
                        .map(call -> call.decision() + " " + call.rule())
                        .toList());
    }

    @Test
    void what_was_sent_is_not_repeated() throws Exception {
        Caller ada = People.directly(People.ADA);
        String long20 = "x".repeat(20_000);

        for (String name : List.of("<script>x", long20, "a b", "")) {
            assertEquals(
                    "There is no argument of that name; this tool takes status, limit, cursor.",
                    error(result(ada, "list-orders", "{\"" + name + "\":1}")));
        }
        for (String value : List.of("<script>x", long20)) {
            assertEquals("id must look like ORD-001.", error(result(ada, "get-order", "{\"id\":\"" + value + "\"}")));
        }
    }

    @Test
    void whoever_may_not_call_a_tool_is_not_taught_its_arguments() throws Exception {
        assertTrue(
                error(result(People.directly(People.VIC), "create-order", "{}")).startsWith("Your role"));
        assertEquals("role_not_sufficient", log.calls().get(0).rule());
    }

    @Test
    void a_whole_number_may_be_spelled_with_a_fraction_of_nothing() throws Exception {
        assertFalse(result(People.directly(People.ADA), "list-orders", "{\"limit\":2.0}")
                .get("isError")
                .booleanValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | -32700 | {",
                "400 | -32700 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"ping\"}",
                "400 | -32600 | [{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "400 | -32600 | {\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "400 | -32600 | {\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "400 | -32600 | {\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "400 | -32600 | {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "200 | -32601 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"pong\"}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":\"x\"}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"chat\"}}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"whoami\",\"arguments\":[]}}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"whoami\",\"_meta\":1}}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}"
            })
    void a_fault_of_the_protocol_is_a_json_rpc_error_in_our_words(int status, int code, String body) throws Exception {
        assertEquals(
                200, post(PING).sentTo(servlet(People.directly(People.ADA))).status());

        Exchange answer = post(body).sentTo(servlet(People.directly(People.ADA)));

        assertEquals(status, answer.status());
        assertEquals(code, JSON.readTree(answer.text()).at("/error/code").intValue());
        assertFalse(answer.text().contains("jackson") || answer.text().contains("McpSchema"), answer.text());
        assertEquals(List.of(), log.calls());
    }

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-11-26", "1999-01-01", "draft", ""})
    void a_revision_that_we_do_not_speak_is_refused_with_those_that_we_do(String revision) throws Exception {
        Exchange spoken = post(PING).with("MCP-Protocol-Version", "2025-11-25");
        assertEquals(200, spoken.sentTo(servlet(People.directly(People.ADA))).status());

        Exchange answer =
                post(PING).with("MCP-Protocol-Version", revision).sentTo(servlet(People.directly(People.ADA)));

        assertEquals(400, answer.status());
        assertEquals(
                JSON.readTree("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32022,"
                        + "\"message\":\"This protocol version is not supported.\",\"data\":{\"requested\":\""
                        + revision
                        + "\",\"supported\":[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\"]}}}"),
                JSON.readTree(answer.text()));
    }

    @Test
    void headers_that_name_another_call_than_the_body_are_refused() throws Exception {
        String body = body("list-orders", "{}");
        Exchange same = post(body).with("Mcp-Method", "tools/call").with("Mcp-Name", "list-orders");
        assertEquals(200, same.sentTo(servlet(People.directly(People.ADA))).status());

        Exchange name = post(body).with("Mcp-Method", "tools/call").with("Mcp-Name", "whoami");
        Exchange method = post(body).with("Mcp-Method", "tools/list").with("Mcp-Name", "list-orders");

        assertEquals(400, name.sentTo(servlet(People.directly(People.ADA))).status());
        assertEquals(400, method.sentTo(servlet(People.directly(People.ADA))).status());
        assertEquals(1, log.calls().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "HEAD"})
    void only_post_is_taken(String method) throws Exception {
        Exchange answer =
                Exchange.of(method, McpEndpoint.PATH, new byte[0]).sentTo(servlet(People.directly(People.ADA)));

        assertEquals(405, answer.status());
        assertEquals(Optional.of("POST"), answer.header("Allow"));
        assertEquals(Optional.of("application/problem+json"), answer.header("Content-Type"));
    }

    @Test
    void a_body_may_have_a_mebibyte_and_not_a_byte_more() throws Exception {
        String filling = " ".repeat(McpServlet.MAX_BODY - PING.length());
        assertEquals(
                200,
                post(PING + filling)
                        .sentTo(servlet(People.directly(People.ADA)))
                        .status());
        assertEquals(
                413,
                post(PING + filling + " ")
                        .sentTo(servlet(People.directly(People.ADA)))
                        .status());
    }

    @Test
    void only_json_is_taken_and_given() throws Exception {
        assertEquals(
                415,
                post(PING)
                        .replacing("Content-Type", "text/plain")
                        .sentTo(servlet(People.directly(People.ADA)))
                        .status());
        assertEquals(
                406,
                post(PING)
                        .with("Accept", "text/html")
                        .sentTo(servlet(People.directly(People.ADA)))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*;q=0.5", "text/event-stream,application/json"})
    void whoever_takes_json_is_answered(String accept) throws Exception {
        assertEquals(
                200,
                post(PING)
                        .replacing("Accept", accept)
                        .sentTo(servlet(People.directly(People.ADA)))
                        .status());
    }

    @Test
    void a_notification_is_accepted_and_runs_nothing() throws Exception {
        String call = body("create-order", "{\"customer_name\":\"Z\",\"product\":\"L\",\"quantity\":2}");

        Exchange answer = post(call.replace("\"id\":1,", "")).sentTo(servlet(People.directly(People.ADA)));

        assertEquals(202, answer.status());
        assertEquals(1, orders.put(People.ADA, "the first").number());
    }

    private List<String> tools(Caller caller) throws ServletException, IOException {
        Exchange answer =
                post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").sentTo(servlet(caller));
        List<String> names = new ArrayList<>();
        JSON.readTree(answer.text())
                .at("/result/tools")
                .forEach(tool -> names.add(tool.get("name").stringValue()));
        return names;
    }

    private JsonNode result(Caller caller, String tool, String arguments) throws ServletException, IOException {
        Exchange answer = call(caller, tool, arguments);
        assertEquals(200, answer.status(), answer.text());
        JsonNode result = JSON.readTree(answer.text()).get("result");
        if (result.has("structuredContent")) {
            assertAsPromised(tool, result.get("structuredContent"));
        }
        return result;
    }

    /** The endpoint itself does not hold its answers against the schemas that it publishes; here each one is. */
    private void assertAsPromised(String tool, JsonNode value) {
        Clock clock = Clock.systemUTC();
        McpTool called = new OrderTools(Desk.over(orders, clock), Desk.lists(), Desk.POLICY, clock)
                .all().stream()
                        .filter(known -> known.definition().name().equals(tool))
                        .findFirst()
                        .orElseThrow();
        ValidationResponse verdict = McpJsonDefaults.getSchemaValidator()
                .validate(called.definition().outputSchema(), JSON.convertValue(value, Object.class));
        assertTrue(verdict.valid(), () -> tool + ": " + verdict.errorMessage());
    }

    private Exchange call(Caller caller, String tool, String arguments) throws ServletException, IOException {
        return post(body(tool, arguments)).sentTo(servlet(caller));
    }

    private static String body(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static String error(JsonNode result) {
        assertTrue(result.get("isError").booleanValue(), result.toString());
        return text(result);
    }

    private static String text(JsonNode result) {
        return result.at("/content/0/text").stringValue();
    }

    private static Exchange post(String body) {
        return Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/json");
    }

    private McpServlet servlet(Caller caller) {
        return TestEndpoint.of(caller, orders, log).with(budgets).with(told).servlet();
    }
}
