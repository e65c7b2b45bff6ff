package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with authentication off, beside one with authentication on and on the same database. */
class OpenModeIT {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String CLIENT = "authentication-off";
    private static final String WARNING = "X-Throughline-Warning";
    private static final String OFF = "authentication is off";
    private static final Map<String, Object> LAMPS =
            Map.of("customer_name", "Zoe", "product", "Desk Lamp", "quantity", 2);

    private final LocalStack closed = Running.stack();
    private final Api guarded = new Api(closed);
    private final Api api = new Api(Running.open());
    private final Rows rows = new Rows(closed);

    @AfterEach
    void only_the_samples_are_left() {
        rows.change("delete from orders where owner = '" + NOBODY + "'");
        rows.change("delete from tool_call where client = '" + CLIENT + "'");
    }

    @Test
    void orders_are_seen_placed_and_amended_over_rest_by_the_one_synthetic_user() {
        Json list = Json.of(Http.send(api.anonymous(Api.ORDERS + "?limit=200")).body());
        assertTrue(list.all("/items").size() >= 8, list.toString());

        HttpResponse<String> placed = Http.send(Api.withBody(api.anonymous(Api.ORDERS), "POST", LAMPS));
        assertEquals(201, placed.statusCode(), placed.body());
        Json order = Json.of(placed.body());
        assertEquals(NOBODY, order.text("owner"));
        String address = placed.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> amended = Http.send(Api.withBody(api.anonymous(address), "PUT", Map.of("quantity", 3)));
        assertEquals(200, amended.statusCode(), amended.body());
        assertEquals(3, Json.of(amended.body()).number("quantity"));

        assertProblem(
                403, "role_not_sufficient", Http.send(api.anonymous(address).DELETE()));
    }

    @Test
    void tools_are_shown_and_called_over_mcp_and_each_record_is_marked() {
        Json shown = call("tools/list", Map.of());
        List<String> tools = shown.all("/result/tools").stream()
                .map(tool -> tool.text("name"))
                .sorted()
                .toList();
        assertEquals(
                List.of("create-order", "get-order", "health-check", "list-orders", "update-order", "whoami"), tools);

        Json who = tool("whoami", Map.of()).at("/result/structuredContent");
        assertEquals(NOBODY, who.text("user"));
        assertEquals(CLIENT, who.text("client"));
        assertFalse(tool("create-order", LAMPS).at("/result").flag("isError"));
        assertTrue(tool("delete-order", Map.of("id", "ORD-001")).at("/result").flag("isError"));

        assertEquals(
                List.of("create-order permit", "delete-order deny", "whoami permit"),
                rows.recorded("select tool || ' ' || decision from tool_call where client = '" + CLIENT
                        + "' and user_id = '" + NOBODY + "' and audience = '" + CLIENT + "' order by 1"));
    }

    @Test
    void a_record_with_authentication_on_bears_no_mark() {
        Http.send(Api.withBody(guarded.as(Person.VIC, Api.MCP), "POST", rpc("tools/call", Map.of("name", "whoami"))));

        assertEquals(
                List.of(),
                rows.recorded(
                        "select id from tool_call where client = '" + CLIENT + "' or user_id = '" + NOBODY + "'"));
        assertFalse(rows.recorded("select id from tool_call where user_id = '" + Person.VIC.id + "'")
                .isEmpty());
    }

    @Test
    void a_token_is_not_looked_at_and_gives_no_right() {
        String ada = closed.entra().tokens().user("ada").sign();
        String order = place();

        for (List<String> presented :
                List.of(List.of("Bearer " + ada), List.of("Bearer x", "Bearer " + ada), List.of("Bearer x.y.z"))) {
            HttpRequest.Builder list = api.anonymous(Api.ORDERS);
            presented.forEach(value -> list.header("Authorization", value));
            assertEquals(200, Http.send(list).statusCode());

            HttpRequest.Builder delete = api.anonymous(order).DELETE();
            presented.forEach(value -> delete.header("Authorization", value));
            assertProblem(403, "role_not_sufficient", Http.send(delete));
        }
        // The same token, where authentication is on, may.
        assertEquals(204, Http.send(guarded.bearing(ada, order).DELETE()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "*/*"})
    void the_chat_says_in_one_sentence_that_there_is_nobody_to_answer_for(String accept) {
        HttpRequest.Builder ask = Api.withBody(api.anonymous(Api.CHAT), "POST", Map.of("message", "list my orders"))
                .header("Accept", accept);

        Json problem = assertProblem(503, "authentication_off", Http.send(ask));

        assertEquals(
                "Authentication is off here, so there is nobody in whose name an agent could answer.",
                problem.text("detail"));
    }

    @Test
    void a_token_does_not_open_the_chat_either() {
        HttpRequest.Builder ask = Api.withBody(
                api.bearing(closed.entra().tokens().user("vic").sign(), Api.CHAT),
                "POST",
                Map.of("message", "list my orders"));

        assertProblem(503, "authentication_off", Http.send(ask));
    }

    /** Requests whose answers are of every kind that the product gives. */
    static Stream<Ask> asks() {
        return Stream.of(
                new Ask(200, "GET", Api.ORDERS, ""),
                new Ask(200, "HEAD", Api.ORDERS, ""),
                new Ask(404, "GET", Api.ORDERS + "/ORD-999999", ""),
                new Ask(400, "POST", Api.ORDERS, "{"),
                new Ask(403, "DELETE", Api.ORDERS + "/ORD-001", ""),
                new Ask(405, "PATCH", Api.ORDERS, "{}"),
                new Ask(404, "GET", "/api/v1/nothing", ""),
                new Ask(404, "GET", "/api", ""),
                new Ask(200, "POST", Api.MCP, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
                new Ask(400, "POST", Api.MCP, "["),
                new Ask(405, "GET", Api.MCP, ""),
                new Ask(503, "POST", Api.CHAT, "{\"message\":\"help\"}"),
                new Ask(405, "GET", Api.CHAT, ""),
                new Ask(200, "GET", "/api/v1/config", ""),
                new Ask(405, "POST", "/api/v1/config", "{}"),
                new Ask(200, "GET", "/.well-known/oauth-protected-resource", ""),
                new Ask(200, "GET", "/.well-known/oauth-protected-resource/api/v1/mcp", ""),
                new Ask(200, "GET", "/", ""),
                new Ask(200, "GET", "/index.html", ""),
                new Ask(200, "GET", "/favicon.svg", ""),
                new Ask(404, "GET", "/assets/nothing.js", ""),
                new Ask(404, "GET", "/nothing", ""),
                new Ask(404, "GET", "/WEB-INF/web.xml", ""),
                new Ask(404, "GET", "/problem", ""));
    }

    record Ask(int status, String method, String path, String body) {
        HttpRequest.Builder of(Api api) {
            HttpRequest.Builder request = api.anonymous(path);
            return body.isEmpty()
                    ? request.method(method, BodyPublishers.noBody())
                    : Api.withBody(request, method, body);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("asks")
    void every_answer_warns_and_none_does_where_authentication_is_on(Ask ask) {
        HttpResponse<String> answer = Http.send(ask.of(api));

        assertEquals(ask.status(), answer.statusCode(), answer.body());
        assertEquals(List.of(OFF), answer.headers().allValues(WARNING));
        assertEquals(List.of(), Http.send(ask.of(guarded)).headers().allValues(WARNING));
    }

    @Test
    void clients_are_told_that_nobody_needs_to_sign_in() {
        assertFalse(Json.of(Http.send(api.anonymous("/api/v1/config")).body()).flag("authRequired"));
        assertTrue(
                Json.of(Http.send(guarded.anonymous("/api/v1/config")).body()).flag("authRequired"));

        Json metadata = Json.of(Http.send(api.anonymous("/.well-known/oauth-protected-resource"))
                .body());
        assertEquals(api.uri(Api.MCP).toString(), metadata.text("resource"));
        assertFalse(metadata.flag("authRequired"));
        assertEquals(List.of(), metadata.all("/bearer_methods_supported"));
        assertFalse(metadata.toString().contains("authorization_servers"), metadata.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready", "/health/live"})
    void health_is_as_ever(String path) {
        HttpResponse<String> answer = Http.send(api.anonymous(path));

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("UP", Json.of(answer.body()).text("status"));
    }

    @Test
    void the_start_says_so_in_one_loud_line() {
        String line = new ServerLog(Running.open()).linesOf("THROUGHLINE IS OPEN");

        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("********** THROUGHLINE IS OPEN: authentication is off."), line);
        assertTrue(line.contains(NOBODY), line);
    }

    @Test
    void a_misspelt_setting_is_told_of_in_one_line_that_says_what_may_be_meant() {
        String lines = new ServerLog(Running.open()).linesOf("settings_unknown");

        assertEquals(1, lines.lines().count(), lines);
        assertTrue(lines.endsWith("AUTH_AUDIENCE (did you mean AUTH_AUDIENCES?)."), lines);
        assertTrue(new ServerLog(closed).files().stream().noneMatch(file -> file.contains("settings_unknown")));
    }

    private String place() {
        return Http.send(Api.withBody(api.anonymous(Api.ORDERS), "POST", LAMPS))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private Json tool(String name, Map<String, Object> arguments) {
        return call("tools/call", Map.of("name", name, "arguments", arguments));
    }

    private Json call(String method, Map<String, Object> parameters) {
        HttpResponse<String> answer = Http.send(Api.withBody(api.anonymous(Api.MCP), "POST", rpc(method, parameters)));
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private static Map<String, Object> rpc(String method, Map<String, ?> parameters) {
        return Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters);
    }
}
