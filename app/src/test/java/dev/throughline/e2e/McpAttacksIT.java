package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single attacks on the tools, each beside a call that differs in one thing and is let through. */
class McpAttacksIT {
    private static final String STATE = "select orders::text from orders order by number";
    private static final String NIGHT_AGENT = "c0ffee00-0000-4000-8000-0000000000a5";
    private static final String LIST = "{\"name\":\"list-orders\",\"arguments\":{}}";
    private static final String ORDER = "\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":1";
    private static final Duration SOON = Duration.ofSeconds(2);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final ServerLog log = new ServerLog(stack);

    @BeforeEach
    @AfterEach
    void only_the_samples_are_there() {
        rows.change("delete from orders where number > 8");
    }

    @Test
    void a_session_id_of_somebody_else_changes_nothing_and_none_is_ever_given() {
        HttpResponse<String> adas = Http.send(message(Person.ADA, "tools/call", LIST));
        String vics = Http.send(message(Person.VIC, "tools/call", LIST)).body();
        assertNotEquals(adas.body(), vics);

        for (String id : List.of(Person.ADA.id, UUID.randomUUID().toString(), "", "../x")) {
            HttpResponse<String> answer =
                    Http.send(message(Person.VIC, "tools/call", LIST).header("Mcp-Session-Id", id));

            assertEquals(vics, answer.body());
            assertEquals(Optional.empty(), answer.headers().firstValue("Mcp-Session-Id"));
        }
        HttpResponse<String> anonymous = Http.send(Api.withBody(
                api.anonymous(Api.MCP).header("Mcp-Session-Id", Person.ADA.id), "POST", json("tools/call", LIST)));
        assertEquals(401, anonymous.statusCode());
    }

    @Test
    void a_cursor_of_another_persons_list_is_no_cursor() {
        String anas = call(Person.ANA, "list-orders", "{\"limit\":1}")
                .at("/result/structuredContent")
                .text("next_cursor");
        String own = call(Person.VIC, "list-orders", "{\"limit\":1}")
                .at("/result/structuredContent")
                .text("next_cursor");
        assertDone(call(Person.VIC, "list-orders", "{\"cursor\":\"" + own + "\"}"));

        char first = own.charAt(20) == 'A' ? 'B' : 'A';
        String altered = own.substring(0, 20) + first + own.substring(21);
        for (String cursor : List.of(anas, altered, own + "A", own.substring(1))) {
            assertRefused(call(Person.VIC, "list-orders", "{\"cursor\":\"" + cursor + "\"}"));
        }
    }

    static Stream<Arguments> twoCallsInOne() {
        String call = json("tools/call", "{\"name\":\"whoami\",\"arguments\":{}}");
        return Stream.of(
                Arguments.of("two methods", call.replace("\"method\":", "\"method\":\"ping\",\"method\":")),
                Arguments.of(
                        "two methods, one escaped",
                        call.replace("\"method\":", "\"m\\u0065thod\":\"ping\",\"method\":")),
                Arguments.of("two names", call.replace("\"name\":", "\"name\":\"delete-order\",\"name\":")),
                Arguments.of("two arguments", call.replace("\"arguments\":{}", "\"arguments\":{},\"arguments\":{}")),
                Arguments.of("two parameters", call.replace("\"params\":", "\"params\":{},\"params\":")),
                Arguments.of("two calls", call + call),
                Arguments.of("a list of calls", "[" + call + "," + call + "]"),
                Arguments.of("an answer", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"),
                Arguments.of(
                        "an answer in a call",
                        call.replaceFirst("\\{", "{\"result\":{},\"result\":{\"isError\":false},")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twoCallsInOne")
    void a_message_that_two_readers_would_read_differently_is_not_read(String name, String body) {
        assertDone(call(Person.VIC, "whoami", "{}"));
        long before = records();

        HttpResponse<String> answer = Http.send(Api.withBody(api.as(Person.VIC, Api.MCP), "POST", body));

        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(Json.of(answer.body()).at("/error").number("code") <= -32600, answer.body());
        assertEquals(before, records(), "Nothing was decided, since nothing was understood");
        assertDiscreet(answer.body());
    }

    @Test
    void origin_and_host_are_each_looked_at_by_themselves() {
        String host = "localhost:" + stack.ports().web();
        String own = "http://" + host;
        String evil = "http://evil.example";

        assertEquals(200, from(host, own));
        assertEquals(403, from(host, evil));
        assertNotEquals(200, from("evil.example", own));
        assertNotEquals(200, from("evil.example", evil));
        assertNotEquals(200, from("evil.example:" + stack.ports().web(), "http://evil.example"));
    }

    private int from(String host, String origin) {
        return Wire.status(Wire.post(
                stack.ports().web(),
                json("ping", "{}"),
                "POST " + Api.MCP + " HTTP/1.1",
                "Host: " + host,
                "Origin: " + origin,
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream",
                "Authorization: Bearer " + api.signIn().token(Person.VIC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update-order", "delete-order"})
    void who_may_not_write_learns_nothing_from_trying(String tool) {
        String more = tool.equals("update-order") ? ",\"quantity\":2" : "";
        assertDone(call(Person.VIC, "get-order", "{\"id\":\"ORD-003\"}"));
        List<String> before = rows.find(STATE);

        List<Json> answers = Stream.of("ORD-003", "ORD-002", "ORD-777", "x")
                .map(id -> call(Person.VIC, tool, "{\"id\":\"" + id + "\"" + more + "}"))
                .toList();

        answers.forEach(McpAttacksIT::assertRefused);
        assertEquals(1, answers.stream().map(Json::toString).distinct().count(), answers.toString());
        assertEquals(before, rows.find(STATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":\"ORD-001\"",
                "\"owner\":\"c0ffee00-0000-4000-8000-0000000000b4\"",
                "\"ownerOid\":\"c0ffee00-0000-4000-8000-0000000000b4\"",
                "\"tenant\":\"c0ffee00-0000-4000-8000-000000000002\"",
                "\"status\":\"delivered\"",
                "\"created_at\":\"2020-01-01T00:00:00Z\"",
                "\"version\":9",
                "\"approved\":true",
                "\"__proto__\":{}"
            })
    void what_is_not_the_callers_to_set_stops_the_whole_call(String member) {
        assertDone(call(Person.PAT, "create-order", "{" + ORDER + "}"));
        List<String> before = rows.find(STATE);

        Json answer = call(Person.PAT, "create-order", "{" + ORDER + "," + member + "}");

        assertRefused(answer);
        assertTrue(
                answer.at("/result/content/0").text("text").contains(member.replaceAll("\"(\\w+)\".*", "$1")),
                answer.toString());
        assertEquals(before, rows.find(STATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-orders",
                "get-order",
                "create-order",
                "update-order",
                "delete-order",
                "whoami",
                "health-check"
            })
    void a_tool_that_the_agent_was_not_granted_does_nothing_for_anybody(String tool) {
        String arguments = "{\"id\":\"ORD-008\"}";
        String mayRead = person("ada", Ids.ASSISTANT);
        String mayNothing = person("ada", NIGHT_AGENT);
        assertFalse(Json.of(post(mayRead, "tools/list", "{}").body())
                .all("/result/tools")
                .isEmpty());
        List<String> before = rows.find(STATE);

        Json listed = Json.of(post(mayNothing, "tools/list", "{}").body());
        Json answer =
                Json.of(post(mayNothing, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")
                        .body());

        assertTrue(listed.all("/result/tools").isEmpty(), listed.toString());
        assertRefused(answer);
        assertEquals("deny tool_not_granted", lastRecord());
        assertEquals(before, rows.find(STATE));
    }

    @Test
    void no_tool_takes_a_person_a_tenant_or_a_token() {
        List<Json> tools = Json.of(
                        Http.send(message(Person.ADA, "tools/list", "{}")).body())
                .all("/result/tools");

        assertEquals(7, tools.size());
        for (Json tool : tools) {
            tool.at("/inputSchema/properties").node().propertyNames().forEach(name -> {
                boolean customer = name.equals("customer_name");
                assertTrue(
                        customer || !name.matches("(?i).*(user|owner|oid|sub|tenant|token|behalf|role|scope|as|name)"),
                        tool.text("name") + " takes " + name);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-orders ",
                " list-orders",
                "LIST-ORDERS",
                "list\u2010orders",
                "list-orders\u0000",
                "list_orders",
                "orders__list-orders",
                "throughline-orders.list-orders",
                "l\u0456st-orders"
            })
    void a_name_that_only_looks_like_a_tools_is_no_tool(String name) {
        assertDone(call(Person.VIC, "list-orders", "{}"));

        HttpResponse<String> answer = Http.send(
                message(Person.VIC, "tools/call", "{\"name\":" + Json.text((Object) name) + ",\"arguments\":{}}"));

        assertEquals(-32602, Json.of(answer.body()).at("/error").number("code"), answer.body());
        assertFalse(answer.body().contains("ORD-0"), answer.body());
    }

    static Stream<Arguments> bombs() {
        String good = json("tools/call", LIST);
        return Stream.of(
                Arguments.of("a hundred thousand arrays in each other", arguments("[".repeat(100_000))),
                Arguments.of("a hundred thousand objects in each other", arguments("{\"a\":".repeat(100_000))),
                Arguments.of("eighty thousand members", arguments(members(80_000))),
                Arguments.of("a number of half a million digits", arguments("{\"limit\":" + "9".repeat(500_000) + "}")),
                Arguments.of("a number beyond all doubles", arguments("{\"limit\":1e400}")),
                Arguments.of("a tiny number beyond all doubles", arguments("{\"limit\":1e-999999999}")),
                Arguments.of("NaN", arguments("{\"limit\":NaN}")),
                Arguments.of(
                        "a text of a million characters", arguments("{\"cursor\":\"" + "x".repeat(1_000_000) + "\"}")),
                Arguments.of("a name of half a million characters", arguments("{\"" + "x".repeat(500_000) + "\":1}")),
                Arguments.of("a byte order mark", "\uFEFF" + good),
                Arguments.of("a method of half a million characters", json("x".repeat(500_000), "{}")),
                Arguments.of(
                        "a tool of half a million characters",
                        json("tools/call", "{\"name\":\"" + "x".repeat(500_000) + "\",\"arguments\":{}}")));
    }

    private static String arguments(String arguments) {
        return json("tools/call", "{\"name\":\"list-orders\",\"arguments\":" + arguments + "}");
    }

    private static String members(int count) {
        StringBuilder members = new StringBuilder("{\"a\":1");
        for (int i = 0; i < count; i++) {
            members.append(",\"k").append(i).append("\":1");
        }
        return members.append('}').toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void a_message_made_to_exhaust_the_server_is_refused_at_once(String name, String body) {
        assertDone(call(Person.VIC, "list-orders", "{}"));
        long begin = System.nanoTime();

        HttpResponse<String> answer = Http.send(Api.withBody(api.as(Person.VIC, Api.MCP), "POST", body));

        assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(SOON) < 0, "It took too long");
        assertTrue(answer.statusCode() < 500, answer.statusCode() + "");
        assertTrue(answer.body().length() < 1000, "The answer repeats nothing of it");
        assertFalse(answer.body().contains("ORD-0"), answer.body());
        assertDiscreet(answer.body());
        assertDone(call(Person.VIC, "list-orders", "{}"));
    }

    @Test
    void nothing_that_a_caller_sends_makes_a_line_of_its_own_in_the_log() {
        String marker = "m" + UUID.randomUUID().toString().replace("-", "");
        String line = "[11/21/26, 0:00:00:000 UTC] " + marker;
        String forged = marker + "\r\n" + line + " {\"event\":\"authn_reject\"} \u0085" + line + "\u2028" + line
                + " ${jndi:" + marker + "}";
        String text = Json.text((Object) forged);

        post(person("vic", Ids.ASSISTANT), "tools/call", "{\"name\":" + text + ",\"arguments\":{}}");
        post(person("vic", Ids.ASSISTANT), "tools/call", "{\"name\":\"get-order\",\"arguments\":{" + text + ":1}}");
        post(
                person("vic", Ids.ASSISTANT),
                "tools/call",
                "{\"name\":\"get-order\",\"arguments\":{\"id\":" + text + "}}");
        Http.send(Api.withBody(
                api.as(Person.VIC, Api.MCP), "POST", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + text + "}"));
        HttpResponse<String> last = Http.send(Api.withBody(
                api.bearing(
                                stack.entra()
                                        .tokens()
                                        .user("vic")
                                        .header("kid", forged)
                                        .sign(),
                                Api.MCP)
                        .header("User-Agent", marker + " ${jndi:ldap://127.0.0.1/" + marker + "}"),
                "POST",
                json("ping", "{}")));

        assertEquals("key_unknown mcp", log.rejection(Problems.correlationId(last)));
        for (String file : log.files()) {
            assertTrue(file.lines().noneMatch(logged -> logged.startsWith(line)), "A line was forged");
            assertFalse(file.contains("${jndi:" + marker), "A lookup got into the log");
        }
    }

    private String person(String name, String client) {
        return stack.entra()
                .tokens()
                .user(name, client, "Orders.Read", "Orders.Write")
                .sign();
    }

    private long records() {
        return Long.parseLong(rows.recorded("select count(*) from tool_call").get(0));
    }

    private String lastRecord() {
        return rows.recorded("select decision || ' ' || rule from tool_call order by at desc limit 1")
                .get(0);
    }

    private Json call(Person person, String tool, String arguments) {
        HttpResponse<String> answer =
                Http.send(message(person, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}"));
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private HttpRequest.Builder message(Person person, String method, String parameters) {
        return Api.withBody(api.as(person, Api.MCP), "POST", json(method, parameters));
    }

    private HttpResponse<String> post(String token, String method, String parameters) {
        return Http.send(Api.withBody(api.bearing(token, Api.MCP), "POST", json(method, parameters)));
    }

    private static String json(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private static void assertDone(Json answer) {
        assertFalse(answer.at("/result").isNull() || answer.at("/result").flag("isError"), answer.toString());
    }

    private static void assertRefused(Json answer) {
        assertTrue(answer.at("/result").flag("isError"), answer.toString());
        assertDiscreet(answer.toString());
    }
}
