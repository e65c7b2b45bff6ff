package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order desk for MCP clients: with the SDK's own client, and by hand where that is too well-behaved. */
class McpIT {
    private static final List<String> SAMPLES =
            IntStream.rangeClosed(1, 8).mapToObj("ORD-%03d"::formatted).toList();
    private static final Set<String> READING = Set.of("list-orders", "get-order", "health-check", "whoami");
    private static final String APPROVAL = "This needs your approval";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);

    @BeforeEach
    void only_the_samples_are_there() {
        rows.change("delete from orders where number > 8");
    }

    @Test
    void a_client_learns_what_it_talks_to() {
        try (McpSyncClient client = connected(Person.VIC)) {
            assertEquals("throughline-orders", client.getServerInfo().name());
            assertNotNull(client.getServerCapabilities().tools());
            assertTrue(client.getServerInstructions().contains("signed-in person"));
            client.ping();
        }
    }

    @ParameterizedTest(name = "{0} is shown {1}")
    @CsvSource({"VIC, ''", "ANA, ''", "PAT, create-order update-order", "ADA, create-order update-order delete-order"})
    void a_person_is_shown_the_tools_that_the_role_allows(Person person, String writing) {
        Set<String> expected = Stream.concat(
                        READING.stream(), Stream.of(writing.split(" ")).filter(name -> !name.isEmpty()))
                .collect(Collectors.toSet());

        try (McpSyncClient client = connected(person)) {
            List<Tool> tools = client.listTools().tools();

            assertEquals(expected, tools.stream().map(Tool::name).collect(Collectors.toSet()));
            tools.forEach(tool -> {
                assertEquals(false, tool.inputSchema().get("additionalProperties"), tool.name());
                assertEquals(READING.contains(tool.name()), tool.annotations().readOnlyHint(), tool.name());
                assertNotNull(tool.outputSchema(), tool.name());
            });
        }
    }

    @Test
    void vic_reads_his_own_orders_through_his_client_and_ana_all() {
        try (McpSyncClient vics = connected(Person.VIC);
                McpSyncClient anas = connected(Person.ANA)) {
            assertEquals(List.of("ORD-001", "ORD-003", "ORD-005"), ids(call(vics, "list-orders", Map.of())));
            assertTrue(ids(call(anas, "list-orders", Map.of("limit", 200))).containsAll(SAMPLES));
            assertEquals(List.of("ORD-003", "ORD-005"), ids(call(vics, "list-orders", Map.of("status", "pending"))));
            Json order = content(call(vics, "get-order", Map.of("id", "ORD-003")));
            assertEquals(Json.of(api.get(Person.VIC, Api.ORDERS + "/ORD-003").body()), order);
            assertEquals("up", content(call(vics, "health-check", Map.of())).text("status"));
        }
    }

    @Test
    void pages_follow_each_other_through_tools_too_and_cursors_stay_personal() {
        try (McpSyncClient anas = connected(Person.ANA);
                McpSyncClient pats = connected(Person.PAT)) {
            String cursor =
                    content(call(anas, "list-orders", Map.of("limit", 3))).text("next_cursor");

            assertEquals(
                    List.of("ORD-004", "ORD-005", "ORD-006"),
                    ids(call(anas, "list-orders", Map.of("limit", 3, "cursor", cursor))));
            assertTrue(call(pats, "list-orders", Map.of("limit", 3, "cursor", cursor))
                    .isError());
        }
    }

    @Test
    void who_am_i_tells_what_the_server_verified() {
        try (McpSyncClient client = connected(Person.VIC)) {
            Json identity = content(call(client, "whoami", Map.of()));

            assertEquals(Person.VIC.id, identity.text("user"));
            assertEquals(Person.VIC.tenant, identity.text("tenant"));
            assertEquals("[\"Viewer\"]", identity.at("/roles").toString());
            assertEquals("desktop-mcp-client", identity.text("agent"));
            assertEquals(Ids.DESKTOP, identity.text("client"));
            assertEquals(Ids.API, identity.text("audience"));
            assertEquals(
                    "[\"Orders.Read\",\"Orders.Write\"]", identity.at("/scopes").toString());
        }
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                Arguments.of("create-order", Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 1)),
                Arguments.of("update-order", Map.of("id", "ORD-008", "quantity", 1)),
                Arguments.of("delete-order", Map.of("id", "ORD-008")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void an_agent_changes_nothing_without_the_persons_approval(String tool, Map<String, Object> arguments) {
        List<String> before = rows.find("select orders::text from orders order by number");

        try (McpSyncClient client = connected(Person.ADA)) {
            assertFalse(call(client, "get-order", Map.of("id", "ORD-008")).isError());
            CallToolResult refused = call(client, tool, arguments);

            assertTrue(refused.isError());
            assertTrue(text(refused).startsWith(APPROVAL), text(refused));
        }
        CallToolResult approvedByItself;
        try (McpSyncClient client = connected(Person.ADA)) {
            Map<String, Object> more = new java.util.HashMap<>(arguments);
            more.put("approved", true);
            approvedByItself = call(client, tool, more);
        }
        assertTrue(approvedByItself.isError());
        assertEquals(before, rows.find("select orders::text from orders order by number"));
    }

    @Test
    void a_person_in_an_app_of_ours_needs_no_approval_of_their_own() {
        Json created = call(
                api.signIn().token(Person.ADA),
                "create-order",
                "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":1}");
        Json order = created.at("/result/structuredContent");
        assertEquals(Person.ADA.id, order.text("owner"), created.toString());
        String id = "{\"id\":\"" + order.text("id") + "\"";

        Json changed = call(api.signIn().token(Person.ADA), "update-order", id + ",\"quantity\":2}");
        assertEquals(2, changed.at("/result/structuredContent").number("version"), changed.toString());
        Json deleted = call(api.signIn().token(Person.ADA), "delete-order", id + "}");
        assertEquals(
                order.text("id"),
                deleted.at("/result/structuredContent/deleted").text("id"),
                deleted.toString());
    }

    @Test
    void a_token_that_lacks_the_scope_gets_a_real_403_that_names_all_it_needs() {
        String reading = api.signIn().desktopToken(Person.PAT, "Orders.Read");
        String update = "{\"id\":\"ORD-002\",\"quantity\":3}";
        assertEquals(
                200,
                post(reading, toolCall("get-order", "{\"id\":\"ORD-002\"}")).statusCode());
        assertEquals(
                200,
                post(
                                api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write"),
                                toolCall("update-order", update))
                        .statusCode());

        HttpResponse<String> refused = post(reading, toolCall("update-order", update));

        assertProblem(403, "insufficient_scope", refused);
        assertEquals(
                List.of(
                        "Bearer error=\"insufficient_scope\", error_description=\"More scopes are needed\", scope=\"api://"
                                + Ids.API + "/Orders.Write\", resource_metadata=\""
                                + api.uri("/.well-known/oauth-protected-resource/api/v1/mcp") + "\""),
                refused.headers().allValues("WWW-Authenticate"));
        Json listed = Json.of(post(reading, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .body());
        assertTrue(
                listed.toString().contains("update-order"),
                "A client can only ask for a scope whose tool it was shown");
    }

    @Test
    void a_tool_that_the_role_does_not_allow_is_refused_though_the_client_knows_its_name() {
        try (McpSyncClient adas = connected(Person.ADA);
                McpSyncClient vics = connected(Person.VIC)) {
            assertTrue(text(call(adas, "delete-order", Map.of("id", "ORD-003"))).startsWith(APPROVAL));

            CallToolResult refused = call(vics, "delete-order", Map.of("id", "ORD-003"));

            assertTrue(refused.isError());
            assertTrue(text(refused).startsWith("Your role does not allow this"), text(refused));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORD-002", "ORD-004", "ORD-999", "ORD-9999999999"})
    void an_order_that_is_not_yours_and_one_that_does_not_exist_are_equal_to_the_byte(String id) {
        String token = api.signIn().desktopToken(Person.VIC, "Orders.Read");
        assertFalse(
                call(token, "get-order", "{\"id\":\"ORD-003\"}").at("/result").flag("isError"));
        String unknown =
                post(token, toolCall("get-order", "{\"id\":\"ORD-777\"}")).body();
        assertTrue(unknown.contains("There is no such order."), unknown);

        String other =
                post(token, toolCall("get-order", "{\"id\":\"" + id + "\"}")).body();

        assertEquals(unknown, other);
        assertTrue(Json.of(other).at("/result").flag("isError"), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ord-003", "x", "", "3", "ORD-00000000003"})
    void an_id_that_no_order_can_have_finds_none(String id) {
        String token = api.signIn().desktopToken(Person.ADA, "Orders.Read");
        assertFalse(
                call(token, "get-order", "{\"id\":\"ORD-003\"}").at("/result").flag("isError"));

        Json answer = call(token, "get-order", "{\"id\":\"" + id + "\"}");

        assertTrue(answer.at("/result").flag("isError"), answer.toString());
        assertDiscreet(answer.toString());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"drop-orders", "List-Orders", "", "orders/list"})
    void a_tool_that_does_not_exist_is_a_fault_of_the_protocol(String tool) {
        String token = api.signIn().desktopToken(Person.VIC, "Orders.Read");
        assertFalse(call(token, "list-orders", "{}").at("/result").flag("isError"));

        HttpResponse<String> answer = post(token, toolCall(tool, "{}"));

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(-32602, Json.of(answer.body()).at("/error").number("code"), answer.body());
        assertDiscreet(answer.body());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"resources/subscribe", "logging/setLevel", "server/discover", "tools/drop", "initialise", ""})
    void a_method_that_does_not_exist_is_told_so_without_a_trace(String method) {
        String token = api.signIn().desktopToken(Person.VIC, "Orders.Read");
        assertEquals(200, post(token, message("ping")).statusCode());

        HttpResponse<String> answer = post(token, message(method));

        assertTrue(Json.of(answer.body()).at("/error").number("code") < 0, answer.statusCode() + " " + answer.body());
        assertDiscreet(answer.body());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[]", "\"ORD-003\"", "3", "null"})
    void arguments_that_are_no_object_are_a_fault_of_the_protocol(String arguments) {
        String token = api.signIn().desktopToken(Person.VIC, "Orders.Read");
        assertFalse(
                call(token, "get-order", "{\"id\":\"ORD-003\"}").at("/result").flag("isError"));

        HttpResponse<String> answer = post(token, toolCall("get-order", arguments));

        assertEquals(-32602, Json.of(answer.body()).at("/error").number("code"), answer.body());
        assertDiscreet(answer.body());
    }

    @Test
    void several_messages_at_once_are_refused() {
        String token = api.signIn().desktopToken(Person.VIC, "Orders.Read");
        assertEquals(200, post(token, message("ping")).statusCode());

        HttpResponse<String> answer = post(token, "[" + message("ping") + "]");

        assertEquals(400, answer.statusCode());
        assertEquals(-32600, Json.of(answer.body()).at("/error").number("code"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH"})
    void only_messages_are_taken_since_no_stream_and_no_session_is_kept(String method) {
        HttpResponse<String> answer = Http.send(api.as(Person.VIC, Api.MCP).method(method, BodyPublishers.noBody()));

        assertProblem(405, "method_not_allowed", answer);
        assertEquals(Optional.of("POST"), answer.headers().firstValue("Allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://evil.example:9080",
                "http://[::1]:1",
                "file://"
            })
    void a_page_of_another_origin_gets_no_answer(String origin) {
        String own = stack.web().toString().replaceFirst("/$", "");
        assertEquals(200, withHeader("Origin", own).statusCode());

        assertProblem(403, "origin_not_allowed", withHeader("Origin", origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:9080"})
    void a_host_name_that_is_not_ours_gets_no_answer(String host) {
        int port = stack.ports().web();
        assertEquals(200, Wire.status(underHost("localhost:" + port)), underHost("localhost:" + port));

        String answer = underHost(host);

        assertEquals(421, Wire.status(answer), answer);
        assertTrue(answer.contains("host_not_allowed"), answer);
    }

    private String underHost(String host) {
        String body = message("ping");
        return Wire.post(
                stack.ports().web(),
                body,
                "POST " + Api.MCP + " HTTP/1.1",
                "Host: " + host,
                "Content-Type: application/json",
                "Authorization: Bearer " + api.signIn().token(Person.VIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2099-01-01", "latest", "2025-06-18, 2025-11-25"})
    void a_version_of_the_protocol_that_is_not_spoken_is_refused_with_those_that_are(String version) {
        for (String spoken : List.of("2025-03-26", "2025-06-18", "2025-11-25")) {
            assertEquals(200, withHeader("MCP-Protocol-Version", spoken).statusCode());
        }

        HttpResponse<String> answer = withHeader("MCP-Protocol-Version", version);

        assertEquals(400, answer.statusCode(), answer.body());
        Json error = Json.of(answer.body()).at("/error");
        assertEquals(-32022, error.number("code"));
        assertEquals(4, error.all("/data/supported").size());
        assertEquals(version, error.at("/data").text("requested"));
    }

    @Test
    void headers_that_name_another_call_than_the_body_are_refused() {
        String token = api.signIn().token(Person.VIC);
        String call = toolCall("list-orders", "{}");

        assertEquals(200, routed(token, call, "tools/call", "list-orders").statusCode());
        for (HttpResponse<String> refused : List.of(
                routed(token, call, "tools/list", "list-orders"), routed(token, call, "tools/call", "delete-order"))) {
            assertEquals(400, refused.statusCode(), refused.body());
            assertEquals(-32020, Json.of(refused.body()).at("/error").number("code"));
        }
    }

    private HttpResponse<String> routed(String token, String body, String method, String name) {
        return Http.send(Api.withBody(
                api.bearing(token, Api.MCP).header("Mcp-Method", method).header("Mcp-Name", name), "POST", body));
    }

    @Test
    void what_a_client_need_not_answer_is_accepted_silently() {
        HttpResponse<String> answer =
                post(api.signIn().token(Person.VIC), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        assertEquals(202, answer.statusCode(), answer.body());
        assertEquals("", answer.body());
    }

    @Test
    void a_tool_call_that_nobody_waits_for_is_not_made() {
        long before = rows.recorded("select id from tool_call").size();

        HttpResponse<String> answer = post(
                api.signIn().token(Person.ADA),
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"delete-order\","
                        + "\"arguments\":{\"id\":\"ORD-008\"}}}");

        assertTrue(answer.statusCode() == 202 || answer.statusCode() == 400, answer.statusCode() + answer.body());
        assertEquals(200, api.get(Person.ADA, Api.ORDERS + "/ORD-008").statusCode());
        assertEquals(before, rows.recorded("select id from tool_call").size());
    }

    private HttpResponse<String> withHeader(String name, String value) {
        HttpRequest.Builder request = api.as(Person.VIC, Api.MCP).header(name, value);
        return Http.send(Api.withBody(request, "POST", message("ping")));
    }

    private McpSyncClient connected(Person person) {
        String token = api.signIn().desktopToken(person, "Orders.Read", "Orders.Write");
        McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(stack.web().toString())
                                .endpoint(Api.MCP)
                                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                        request.setHeader("Authorization", "Bearer " + token))
                                .build())
                .requestTimeout(Duration.ofSeconds(20))
                .build();
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private Json call(String token, String tool, String arguments) {
        HttpResponse<String> answer = post(token, toolCall(tool, arguments));
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private HttpResponse<String> post(String token, String message) {
        return Http.send(Api.withBody(api.bearing(token, Api.MCP), "POST", message));
    }

    private static String message(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    private static String toolCall(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static Json content(CallToolResult result) {
        assertFalse(result.isError(), result.toString());
        return Json.of(Json.text(result.structuredContent()));
    }

    private static List<String> ids(CallToolResult result) {
        return content(result).all("/items").stream()
                .map(order -> order.text("id"))
                .toList();
    }

    private static String text(CallToolResult result) {
        assertDiscreet(result.toString().replace("TextContent", ""));
        return ((TextContent) result.content().get(0)).text();
    }
}
