package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Both eras of the protocol at one address: the same tools, resources, prompts and decisions in either form. */
class McpErasIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);

    @BeforeEach
    void only_the_samples_are_there() {
        rows.change("delete from orders where number > 8");
    }

    static Stream<Arguments> reading() {
        return each(
                "{\"name\":\"list-orders\",\"arguments\":{}}",
                "{\"name\":\"list-orders\",\"arguments\":{\"status\":\"pending\",\"limit\":1}}",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":\"ORD-003\"}}",
                "{\"name\":\"health-check\",\"arguments\":{}}",
                "{\"name\":\"whoami\"}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("reading")
    void what_reads_answers_in_words_in_json_and_structured(McpEra era, String call) {
        Json result = result(era, Person.VIC, "tools/call", call);

        assertFalse(result.flag("isError"), result.toString());
        assertEquals(
                Json.of(result.at("/content/1").text("text")), result.at("/structuredContent"), "the JSON is the same");
        assertFalse(result.at("/content/0").text("text").startsWith("{"), "words are for people");
    }

    @ParameterizedTest
    @EnumSource
    void orders_are_placed_changed_and_deleted(McpEra era) {
        Json placed = result(
                era,
                Person.ADA,
                "tools/call",
                "{\"name\":\"create-order\",\"arguments\":{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}}");
        String id = placed.at("/structuredContent").text("id");
        assertTrue(placed.at("/content/0").text("text").startsWith("Placed " + id), placed.toString());

        Json changed = result(
                era,
                Person.ADA,
                "tools/call",
                "{\"name\":\"update-order\",\"arguments\":{\"id\":\"" + id + "\",\"quantity\":3}}");
        assertEquals(3, changed.at("/structuredContent").number("quantity"), changed.toString());

        Json deleted = result(
                era, Person.ADA, "tools/call", "{\"name\":\"delete-order\",\"arguments\":{\"id\":\"" + id + "\"}}");
        assertEquals(id, deleted.at("/structuredContent/deleted").text("id"), deleted.toString());
        assertEquals(404, api.get(Person.ADA, Api.ORDERS + "/" + id).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void a_person_is_shown_the_tools_of_the_role_in_the_same_order(McpEra era) {
        assertEquals(
                "list-orders get-order health-check whoami",
                names(result(era, Person.VIC, "tools/list", "{}").all("/tools"), "name"));
        assertEquals(
                "list-orders get-order create-order update-order delete-order health-check whoami",
                names(result(era, Person.ADA, "tools/list", "{}").all("/tools"), "name"));
    }

    @ParameterizedTest
    @EnumSource
    void orders_are_resources_as_far_as_each_person_sees_them(McpEra era) {
        assertEquals(
                "orders://ORD-001 orders://ORD-003 orders://ORD-005",
                names(result(era, Person.VIC, "resources/list", "{}").all("/resources"), "uri"));
        assertEquals(
                8,
                result(era, Person.ANA, "resources/list", "{}")
                        .all("/resources")
                        .size());
        assertEquals(
                "orders://{id}",
                names(
                        result(era, Person.VIC, "resources/templates/list", "{}")
                                .all("/resourceTemplates"),
                        "uriTemplate"));

        Json contents = result(era, Person.VIC, "resources/read", "{\"uri\":\"orders://ORD-003\"}")
                .at("/contents/0");
        assertEquals("application/json", contents.text("mimeType"));
        assertEquals(Json.of(api.get(Person.VIC, Api.ORDERS + "/ORD-003").body()), Json.of(contents.text("text")));
    }

    @ParameterizedTest
    @CsvSource({"LEGACY, -32002", "MODERN, -32602"})
    void a_resource_that_is_not_yours_and_one_that_does_not_exist_are_equal_to_the_byte(McpEra era, int code) {
        String foreign = send(era, Person.VIC, era.request("resources/read", "{\"uri\":\"orders://ORD-002\"}"))
                .body();
        String none = send(era, Person.VIC, era.request("resources/read", "{\"uri\":\"orders://ORD-777\"}"))
                .body();

        assertEquals(foreign, none.replace("ORD-777", "ORD-002"));
        assertEquals(code, Json.of(foreign).at("/error").number("code"), foreign);
        result(era, Person.PAT, "resources/read", "{\"uri\":\"orders://ORD-002\"}");
    }

    @ParameterizedTest
    @EnumSource
    void a_read_of_a_resource_is_on_record_like_a_tool_call(McpEra era) {
        String before = rows.recorded("select count(*)::text from tool_call where tool = 'resources/read'")
                .get(0);

        result(era, Person.VIC, "resources/read", "{\"uri\":\"orders://ORD-003\"}");

        String after = rows.recorded("select count(*)::text from tool_call where tool = 'resources/read'")
                .get(0);
        assertEquals(Integer.parseInt(before) + 1, Integer.parseInt(after));
    }

    @ParameterizedTest
    @EnumSource
    void prompts_are_offered_and_filled_in(McpEra era) {
        assertEquals(
                "review-orders answer-customer",
                names(result(era, Person.VIC, "prompts/list", "{}").all("/prompts"), "name"));
        Json prompt = result(
                era,
                Person.VIC,
                "prompts/get",
                "{\"name\":\"answer-customer\",\"arguments\":{\"id\":\"ORD-003\",\"question\":\"When?\"}}");
        assertTrue(prompt.at("/messages/0/content").text("text").contains("ORD-003"), prompt.toString());

        HttpResponse<String> refused =
                send(era, Person.VIC, era.request("prompts/get", "{\"name\":\"answer-customer\",\"arguments\":{}}"));
        assertError(200, -32602, refused);
        Json completion = result(
                era,
                Person.VIC,
                "completion/complete",
                "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"review-orders\"},"
                        + "\"argument\":{\"name\":\"status\",\"value\":\"p\"}}");
        assertEquals("[\"pending\"]", completion.at("/completion/values").toString());
    }

    @Test
    void a_client_of_the_new_revision_discovers_what_it_talks_to() {
        Json result = result(McpEra.MODERN, Person.VIC, "server/discover", "{}");

        assertEquals("complete", result.text("resultType"));
        assertEquals("2026-07-28", result.at("/supportedVersions/0").node().stringValue());
        assertEquals("private", result.text("cacheScope"));
        assertEquals(
                "throughline-orders",
                result.at("/_meta/io.modelcontextprotocol~1serverInfo").text("name"));
    }

    @Test
    void a_client_of_an_old_revision_is_greeted_in_one_that_both_speak() {
        ObjectNode greeting = McpEra.LEGACY.request(
                "initialize",
                "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}");

        HttpResponse<String> answer = Http.send(Api.withBody(
                api.as(Person.VIC, Api.MCP).header("Accept", "application/json, text/event-stream"),
                "POST",
                greeting.toString()));

        assertEquals("2025-11-25", Json.of(answer.body()).at("/result").text("protocolVersion"), answer.body());
        assertEquals(Optional.empty(), answer.headers().firstValue("Mcp-Session-Id"));
        assertEquals(
                "{}",
                Json.of(answer.body())
                        .at("/result/capabilities/tools")
                        .toString()
                        .replace("\"listChanged\":false", ""));
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_not_signed_in_gets_the_same_challenge(McpEra era) {
        ObjectNode request = era.call("list-orders", "{}");
        assertEquals(200, send(era, Person.VIC, request).statusCode());

        HttpResponse<String> answer =
                Http.send(Api.withBody(era.headed(api.anonymous(Api.MCP), request), "POST", request.toString()));

        assertProblem(401, "sign_in_required", answer);
        assertTrue(
                answer.headers().firstValue("WWW-Authenticate").orElse("").contains("resource_metadata="),
                answer.headers().toString());
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_lacks_the_scope_gets_a_real_403_that_names_all_it_needs(McpEra era) {
        ObjectNode update = era.call("update-order", "{\"id\":\"ORD-002\",\"quantity\":1}");
        String writing = api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write");
        assertEquals(200, send(era, writing, update).statusCode());
        String reading = api.signIn().desktopToken(Person.PAT, "Orders.Read");

        HttpResponse<String> refused = send(era, reading, update);

        assertProblem(403, "insufficient_scope", refused);
        String challenge = refused.headers().firstValue("WWW-Authenticate").orElse("");
        assertTrue(challenge.contains("scope=\"api://" + Ids.API + "/Orders.Write\""), challenge);
        assertEquals(200, send(era, reading, era.call("list-orders", "{}")).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_that_no_scope_can_mend_has_no_challenge(McpEra era) {
        HttpResponse<String> refused = send(era, Person.VIC, era.call("delete-order", "{\"id\":\"ORD-003\"}"));

        assertEquals(200, refused.statusCode());
        assertEquals(Optional.empty(), refused.headers().firstValue("WWW-Authenticate"));
        assertTrue(
                Json.of(refused.body())
                        .at("/result/content/0")
                        .text("text")
                        .startsWith("Your role does not allow this"),
                refused.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "MCP-Protocol-Version | -",
                "MCP-Protocol-Version | 2025-11-25",
                "MCP-Protocol-Version | 2024-11-05",
                "MCP-Protocol-Version | 2027-01-01",
                "Mcp-Method           | -",
                "Mcp-Method           | tools/list",
                "Mcp-Method           | tools/Call",
                "Mcp-Name             | -",
                "Mcp-Name             | delete-order",
                "Mcp-Name             | =?base64?ZGVsZXRlLW9yZGVy?="
            })
    void a_header_that_is_missing_or_says_otherwise_than_the_body_stops_the_call(String header, String value) {
        ObjectNode call =
                McpEra.MODERN.call("create-order", "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}");
        assertEquals(200, send(McpEra.MODERN, Person.ADA, call).statusCode());
        List<String> before = rows.find("select number::text from orders order by number");
        long recorded = rows.recorded("select id::text from tool_call").size();

        HttpResponse<String> refused = send(call, Person.ADA, header, value);

        assertError(400, -32020, refused);
        assertEquals(before, rows.find("select number::text from orders order by number"));
        assertEquals(recorded, rows.recorded("select id::text from tool_call").size());
    }

    /** A gateway may filter by headers; it must see the call that is made, whatever revision a client claims. */
    @Test
    void naming_an_older_revision_hides_no_call_from_who_reads_headers() {
        ObjectNode call = McpEra.LEGACY.call("whoami", "{}");
        HttpRequest.Builder honest = McpEra.LEGACY
                .headed(api.as(Person.VIC, Api.MCP), call)
                .header(McpEra.METHOD_HEADER, "tools/call")
                .header(McpEra.NAME_HEADER, "whoami");
        assertEquals(
                200, Http.send(Api.withBody(honest, "POST", call.toString())).statusCode());

        HttpRequest.Builder hiding = McpEra.LEGACY
                .headed(api.as(Person.VIC, Api.MCP), call)
                .header(McpEra.METHOD_HEADER, "tools/call")
                .header(McpEra.NAME_HEADER, "list-orders");

        assertError(400, -32020, Http.send(Api.withBody(hiding, "POST", call.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2026-07-27", "2099-01-01", "draft"})
    void a_revision_that_is_not_spoken_is_refused_with_those_that_are(String revision) {
        ObjectNode request = McpEra.MODERN.request("server/discover", "{}");
        assertEquals(200, send(McpEra.MODERN, Person.VIC, request).statusCode());

        ((ObjectNode) request.at("/params/_meta")).put("io.modelcontextprotocol/protocolVersion", revision);
        HttpResponse<String> refused = send(request, Person.VIC, McpEra.VERSION_HEADER, revision);

        assertError(400, -32022, refused);
        Json data = Json.of(refused.body()).at("/error/data");
        assertEquals(revision, data.text("requested"));
        assertEquals(4, data.all("/supported").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "subscriptions/listen", "x/y"})
    void a_method_that_the_new_revision_does_not_have_here_is_not_found(String method) {
        assertEquals(
                200,
                send(McpEra.MODERN, Person.VIC, McpEra.MODERN.request("tools/list", "{}"))
                        .statusCode());

        assertError(404, -32601, send(McpEra.MODERN, Person.VIC, McpEra.MODERN.request(method, "{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"})
    void a_request_that_does_not_say_what_it_must_is_malformed(String key) {
        ObjectNode request = McpEra.MODERN.request("server/discover", "{}");
        assertEquals(200, send(McpEra.MODERN, Person.VIC, request).statusCode());

        ((ObjectNode) request.at("/params/_meta")).remove(key);

        assertError(400, -32602, send(McpEra.MODERN, Person.VIC, request));
    }

    static Stream<Arguments> noMessages() {
        return Stream.of(McpEra.values())
                .flatMap(era -> Stream.of(
                                "-32600 [%s]",
                                "-32600 [%s,%s]",
                                "-32600 []",
                                "-32600 null",
                                "-32600 {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                                "-32600 {\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}",
                                "-32600 {\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(60) + ",\"method\":\"tools/list\"}",
                                "-32600 {\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(200)
                                        + "\",\"method\":\"tools/list\"}",
                                "-32600 {\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}",
                                "-32700 {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"method\":\"tools/call\"}",
                                "-32700 {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"} {}",
                                "-32700 \uFEFF{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}",
                                "-32700 " + "[".repeat(100_000),
                                "-32700 {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":"
                                        + "{\"a\":".repeat(100) + "1" + "}".repeat(100) + "}",
                                "-32700 {\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(1000)
                                        + ",\"method\":\"tools/list\"}",
                                "-32700 {\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"tools/list\"}",
                                "-32700 ")
                        .map(row -> Arguments.of(era, Integer.parseInt(row.substring(0, 6)), row.substring(7))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("noMessages")
    void what_is_no_single_message_is_refused_at_once(McpEra era, int code, String body) {
        ObjectNode request = era.request("tools/list", "{}");
        assertEquals(200, send(era, Person.VIC, request).statusCode());

        HttpResponse<String> refused = Http.send(Api.withBody(
                era.headed(api.as(Person.VIC, Api.MCP), request), "POST", body.replace("%s", request.toString())));

        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals(code, Json.of(refused.body()).at("/error").number("code"), refused.body());
        assertFalse(Json.of(refused.body()).node().has("result"));
        assertDiscreet(refused.body());
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_is_too_long_is_refused_and_one_of_many_names_is_read(McpEra era) {
        ObjectNode request = era.request("tools/list", "{}");
        String many = request.toString().replaceFirst("\\{", "{" + names(100_000, 900_000));
        String long2 = request + " ".repeat(1024 * 1024);
        assertEquals(200, send(era, Person.VIC, request).statusCode());

        HttpResponse<String> tooLong =
                Http.send(Api.withBody(era.headed(api.as(Person.VIC, Api.MCP), request), "POST", long2));

        assertProblem(413, "body_too_large", tooLong);
        assertEquals(
                200,
                Http.send(Api.withBody(era.headed(api.as(Person.VIC, Api.MCP), request), "POST", many))
                        .statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void who_cannot_read_json_and_who_does_not_send_it_is_told(McpEra era) {
        ObjectNode request = era.request("tools/list", "{}");
        assertEquals(200, send(era, Person.VIC, request).statusCode());

        HttpRequest.Builder html = Api.withBody(
                era.headed(api.as(Person.VIC, Api.MCP), request).setHeader("Accept", "text/html"),
                "POST",
                request.toString());
        HttpRequest.Builder text = Api.withBody(
                        era.headed(api.as(Person.VIC, Api.MCP), request), "POST", request.toString())
                .setHeader("Content-Type", "text/plain");

        assertProblem(406, "not_acceptable", Http.send(html));
        assertProblem(415, "media_type_not_supported", Http.send(text));
    }

    @ParameterizedTest
    @EnumSource
    void the_client_s_trace_is_joined_to_the_request_in_the_log(McpEra era) {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        ObjectNode request = era.request("tools/list", "{}");
        JsonNode params = request.get("params");
        ObjectNode meta =
                params.has("_meta") ? (ObjectNode) params.get("_meta") : ((ObjectNode) params).putObject("_meta");
        meta.put("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        HttpResponse<String> answer = send(era, Person.VIC, request);

        assertEquals(200, answer.statusCode());
        String lines = new ServerLog(stack).linesOf(Problems.correlationId(answer));
        assertTrue(lines.contains("trace_id=" + trace), lines);
    }

    private static String names(int most, int length) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < most && names.length() < length; i++) {
            names.append("\"n").append(i).append("\":1,");
        }
        return names.toString();
    }

    private static Stream<Arguments> each(String... params) {
        return Stream.of(McpEra.values()).flatMap(era -> Stream.of(params).map(param -> Arguments.of(era, param)));
    }

    private static String names(List<Json> items, String member) {
        return items.stream().map(item -> item.text(member)).collect(Collectors.joining(" "));
    }

    private static void assertError(int status, int code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        Json response = Json.of(answer.body());
        assertEquals(code, response.at("/error").number("code"), answer.body());
        assertEquals(7, response.number("id"), answer.body());
        assertDiscreet(answer.body().replace("io.modelcontextprotocol/", ""));
    }

    private Json result(McpEra era, Person person, String method, String params) {
        HttpResponse<String> answer = send(era, person, era.request(method, params));
        assertEquals(200, answer.statusCode(), answer.body());
        Json response = Json.of(answer.body());
        assertTrue(response.node().has("result"), answer.body());
        assertDiscreet(answer.body().replace("io.modelcontextprotocol/", ""));
        return response.at("/result");
    }

    private HttpResponse<String> send(McpEra era, Person person, JsonNode request) {
        return send(era, api.signIn().token(person), request);
    }

    private HttpResponse<String> send(McpEra era, String token, JsonNode request) {
        return Http.send(Api.withBody(era.headed(api.bearing(token, Api.MCP), request), "POST", request.toString()));
    }

    /** A request of the new revision in which one header is another, or missing. */
    private HttpResponse<String> send(JsonNode request, Person person, String header, String value) {
        HttpRequest complete =
                McpEra.MODERN.headed(api.as(person, Api.MCP), request).build();
        HttpRequest.Builder changed = HttpRequest.newBuilder(complete, (name, was) -> !name.equalsIgnoreCase(header));
        return Http.send(
                Api.withBody(value == null ? changed : changed.header(header, value), "POST", request.toString()));
    }
}
