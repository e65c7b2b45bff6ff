package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, the answer says what is wrong, shows nothing of the server's insides, and nothing is changed. */
class BadInputIT {
    private static final String GOOD = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";
    private static final int KIB = 1024;

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);

    @AfterEach
    void the_server_still_serves() {
        assertEquals(201, create(GOOD).statusCode());
        rows.change("delete from orders where number > 8");
    }

    static Stream<Arguments> badOrders() {
        return Stream.of(
                bad("an unknown property", GOOD.replace("}", ",\"discount\":1}"), "property_unknown", "discount"),
                bad(
                        "a property that is not the caller's to set",
                        GOOD.replace("}", ",\"owner\":\"x\"}"),
                        "property_unknown",
                        "owner"),
                bad(
                        "a status on creation",
                        GOOD.replace("}", ",\"status\":\"shipped\"}"),
                        "property_unknown",
                        "status"),
                bad(
                        "a property of a prototype",
                        GOOD.replace("}", ",\"__proto__\":{}}"),
                        "property_unknown",
                        "__proto__"),
                bad(
                        "a token in the body",
                        GOOD.replace("}", ",\"access_token\":\"x\"}"),
                        "property_unknown",
                        "access_token"),
                bad(
                        "a name that must not be repeated",
                        GOOD.replace("}", ",\"<script>\":1}"),
                        "property_unknown",
                        "that"),
                bad("the same property twice", GOOD.replace("}", ",\"quantity\":2}"), "body_invalid", ""),
                bad(
                        "the same property twice, once escaped",
                        GOOD.replace("}", ",\"\\u0071uantity\":2}"),
                        "body_invalid",
                        ""),
                bad("no customer", GOOD.replace("\"customer_name\":\"Zoe\",", ""), "value_missing", "customer_name"),
                bad("no product", GOOD.replace("\"product\":\"Lamp\",", ""), "value_missing", "product"),
                bad("no quantity", GOOD.replace(",\"quantity\":2", ""), "value_missing", "quantity"),
                bad("a quantity of zero", quantity("0"), "value_invalid", "quantity"),
                bad("a quantity below zero", quantity("-1"), "value_invalid", "quantity"),
                bad("a quantity that is too large", quantity("10001"), "value_invalid", "quantity"),
                bad("a quantity beyond all integers", quantity("9223372036854775808"), "value_invalid", "quantity"),
                bad("a quantity of a hundred digits", quantity("9".repeat(100)), "body_invalid", ""),
                bad("half a piece", quantity("1.5"), "value_invalid", "quantity"),
                bad("a whole quantity with a fraction", quantity("2.0"), "value_invalid", "quantity"),
                bad("a quantity with an exponent", quantity("1e1"), "value_invalid", "quantity"),
                bad("a quantity beyond all doubles", quantity("1e400"), "value_invalid", "quantity"),
                bad("a quantity in quotes", quantity("\"2\""), "value_invalid", "quantity"),
                bad("a quantity that is no number", quantity("NaN"), "body_invalid", ""),
                bad("a quantity in octal", quantity("010"), "body_invalid", ""),
                bad("a quantity that is true", quantity("true"), "value_invalid", "quantity"),
                bad("a quantity of null", quantity("null"), "value_invalid", "quantity"),
                bad("a quantity in an array", quantity("[2]"), "value_invalid", "quantity"),
                bad("a quantity in an object", quantity("{\"a\":2}"), "value_invalid", "quantity"),
                bad("a customer without a name", customer("\"\""), "value_invalid", "customer_name"),
                bad("a customer of white space", customer("\"  \\t \""), "value_invalid", "customer_name"),
                bad(
                        "a customer of 201 characters",
                        customer("\"" + "x".repeat(201) + "\""),
                        "value_invalid",
                        "customer_name"),
                bad("a customer with a line break", customer("\"Zoe\\nQuill\""), "value_invalid", "customer_name"),
                bad("a customer with a NUL", customer("\"Zoe\\u0000\""), "value_invalid", "customer_name"),
                bad("a customer with half a character", customer("\"Zoe\\ud800\""), "value_invalid", "customer_name"),
                bad("a customer with a raw control character", customer("\"Zoe\u0001\""), "body_invalid", ""),
                bad("a customer that is a number", customer("7"), "value_invalid", "customer_name"),
                bad("a customer of null", customer("null"), "value_invalid", "customer_name"),
                bad("a product of 201 characters", GOOD.replace("Lamp", "x".repeat(201)), "value_invalid", "product"),
                bad("an array", "[" + GOOD + "]", "body_invalid", ""),
                bad("a text", "\"order\"", "body_invalid", ""),
                bad("null", "null", "body_invalid", ""),
                bad("nothing", "", "body_invalid", ""),
                bad("white space", "  ", "body_invalid", ""),
                bad("half an object", GOOD.substring(0, 20), "body_invalid", ""),
                bad("something behind the object", GOOD + "x", "body_invalid", ""),
                bad("a second object", GOOD + GOOD, "body_invalid", ""),
                bad("a comment", GOOD + "/* */", "body_invalid", ""),
                bad("single quotes", GOOD.replace('"', '\''), "body_invalid", ""),
                bad("a byte order mark", "\uFEFF" + GOOD, "body_invalid", ""),
                bad("five thousand arrays in each other", "[".repeat(5000) + "]".repeat(5000), "body_invalid", ""),
                bad(
                        "a deep value of an unknown property",
                        GOOD.replace("}", ",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}"),
                        "body_invalid",
                        ""),
                bad("a form", "customer_name=Zoe&product=Lamp&quantity=2", "body_invalid", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOrders")
    void an_order_of_bad_input_is_not_placed(String name, String body, String reason, String field) {
        long before = orders();

        assertField(field, assertProblem(400, reason, create(body)));

        assertEquals(before, orders(), "Nothing may be placed");
    }

    static Stream<Arguments> badChanges() {
        return Stream.of(
                bad("nothing to change", "{}", "value_invalid", "body"),
                bad("an unknown status", "{\"status\":\"lost\"}", "value_invalid", "status"),
                bad("a status in capitals", "{\"status\":\"SHIPPED\"}", "value_invalid", "status"),
                bad("a status that is a number", "{\"status\":1}", "value_invalid", "status"),
                bad("another id", "{\"id\":\"ORD-009\",\"quantity\":1}", "property_unknown", "id"),
                bad("another version", "{\"version\":9,\"quantity\":1}", "property_unknown", "version"),
                bad("a quantity of zero", "{\"quantity\":0}", "value_invalid", "quantity"),
                bad("a product of null", "{\"product\":null}", "value_invalid", "product"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChanges")
    void an_order_is_not_changed_by_bad_input(String name, String body, String reason, String field) {
        String address = Api.ORDERS + "/" + Json.of(create(GOOD).body()).text("id");
        assertEquals(
                200,
                api.put(Person.PAT, address, "{\"quantity\":3,\"status\":\"shipped\"}")
                        .statusCode());
        String before = api.get(Person.PAT, address).body();

        assertField(field, assertProblem(400, reason, api.put(Person.PAT, address, body)));

        assertEquals(before, api.get(Person.PAT, address).body());
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                bad("an unknown property", "{\"message\":\"help\",\"user\":\"ana\"}", "property_unknown", "user"),
                bad(
                        "a token in the body",
                        "{\"message\":\"help\",\"access_token\":\"x\"}",
                        "property_unknown",
                        "access_token"),
                bad("the same property twice", "{\"message\":\"help\",\"message\":\"help\"}", "body_invalid", ""),
                bad("nothing to say", "{}", "value_invalid", "message"),
                bad("an empty message", "{\"message\":\"\"}", "value_invalid", "message"),
                bad("a message of white space", "{\"message\":\" \\n \"}", "value_invalid", "message"),
                bad(
                        "a message of 8001 characters",
                        "{\"message\":\"" + "x".repeat(8001) + "\"}",
                        "value_invalid",
                        "message"),
                bad("a message that is a number", "{\"message\":1}", "value_invalid", "message"),
                bad("a message of null", "{\"message\":null}", "value_invalid", "message"),
                bad("a message in an array", "{\"message\":[\"help\"]}", "value_invalid", "message"),
                bad("two wishes", "{\"message\":\"help\",\"resume\":true}", "value_invalid", "message"),
                bad(
                        "a resume that is false",
                        "{\"conversation_id\":\"" + Ids.API + "\",\"resume\":false}",
                        "value_invalid",
                        "resume"),
                bad(
                        "a resume in quotes",
                        "{\"conversation_id\":\"" + Ids.API + "\",\"resume\":\"true\"}",
                        "value_invalid",
                        "resume"),
                bad("a resume of nothing", "{\"resume\":true}", "value_missing", "conversation_id"),
                bad(
                        "a resume by an agent",
                        "{\"conversation_id\":\"" + Ids.API + "\",\"resume\":true,\"agent\":\"a\"}",
                        "value_invalid",
                        "agent"),
                bad("an agent that is a number", "{\"message\":\"help\",\"agent\":1}", "value_invalid", "agent"),
                bad(
                        "a conversation that is a number",
                        "{\"message\":\"help\",\"conversation_id\":1}",
                        "value_invalid",
                        "conversation_id"),
                bad("an array", "[{\"message\":\"help\"}]", "body_invalid", ""),
                bad("nothing", "", "body_invalid", ""),
                bad("something behind the object", "{\"message\":\"help\"}]", "body_invalid", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void a_message_of_bad_input_is_not_sent_to_an_agent(String name, String body, String reason, String field) {
        assertEquals(
                200, api.post(Person.VIC, Api.CHAT, "{\"message\":\"help\"}").statusCode());
        int before = stack.foundry().requests().size();

        assertField(field, assertProblem(400, reason, api.post(Person.VIC, Api.CHAT, body)));

        assertEquals(before, stack.foundry().requests().size(), "Nothing may be sent");
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of(
                        "an unknown conversation",
                        "{\"message\":\"help\",\"conversation_id\":\"" + Ids.API + "\"}",
                        "conversation_not_found"),
                Arguments.of(
                        "a conversation of another form",
                        "{\"message\":\"help\",\"conversation_id\":\"1 or 1=1\"}",
                        "conversation_not_found"),
                Arguments.of(
                        "no conversation", "{\"message\":\"help\",\"conversation_id\":\"\"}", "conversation_not_found"),
                Arguments.of(
                        "an unknown conversation to resume",
                        "{\"resume\":true,\"conversation_id\":\"" + Ids.API + "\"}",
                        "conversation_not_found"),
                Arguments.of("an unknown agent", "{\"message\":\"help\",\"agent\":\"nobody\"}", "agent_not_found"),
                Arguments.of(
                        "an agent with a path for a name",
                        "{\"message\":\"help\",\"agent\":\"../x\"}",
                        "agent_not_found"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void what_a_message_names_and_nobody_knows_is_not_found(String name, String body, String reason) {
        assertEquals(
                200,
                api.post(Person.VIC, Api.CHAT, "{\"message\":\"help\",\"agent\":\"orders-assistant\"}")
                        .statusCode());

        assertProblem(404, reason, api.post(Person.VIC, Api.CHAT, body));
    }

    static Stream<Arguments> badCalls() {
        String good = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";
        return Stream.of(
                Arguments.of("nothing", "", -32700),
                Arguments.of("half an object", good.substring(0, 10), -32700),
                Arguments.of("something behind the object", good + "x", -32700),
                Arguments.of("the same member twice", good.replace("}", ",\"id\":8}"), -32700),
                Arguments.of("five thousand arrays in each other", "[".repeat(5000) + "]".repeat(5000), -32700),
                Arguments.of("a number of a thousand digits", good.replace("7", "7".repeat(1000)), -32700),
                Arguments.of("a text", "\"tools/list\"", -32600),
                Arguments.of("null", "null", -32600),
                Arguments.of("a batch", "[" + good + "]", -32600),
                Arguments.of("an empty batch", "[]", -32600),
                Arguments.of("no version", good.replace("\"jsonrpc\":\"2.0\",", ""), -32600),
                Arguments.of("another version", good.replace("2.0", "1.0"), -32600),
                Arguments.of("a version that is a number", good.replace("\"2.0\"", "2.0"), -32600),
                Arguments.of("no method", good.replace(",\"method\":\"tools/list\"", ""), -32600),
                Arguments.of("a method that is a number", good.replace("\"tools/list\"", "1"), -32600),
                Arguments.of("an id of null", good.replace("7", "null"), -32600),
                Arguments.of("an id that is an object", good.replace("7", "{}"), -32600),
                Arguments.of("an id with a fraction", good.replace("7", "1.5"), -32600),
                Arguments.of("an id beyond all integers", good.replace("7", "92233720368547758080"), -32600),
                Arguments.of("an id without end", good.replace("7", "\"" + "x".repeat(200) + "\""), -32600),
                Arguments.of("the client's own answer", "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}", -32600));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCalls")
    void what_is_no_message_of_the_tool_protocol_is_told_so_in_its_words(String name, String body, int code) {
        HttpResponse<String> control =
                api.post(Person.VIC, Api.MCP, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}");
        assertEquals(200, control.statusCode(), control.body());

        HttpResponse<String> answer = api.post(Person.VIC, Api.MCP, body);

        assertEquals(400, answer.statusCode(), answer.body());
        Json error = Json.of(answer.body());
        assertEquals("2.0", error.text("jsonrpc"));
        // What can be read of a request is its id, if anything (JSON-RPC 2.0, section 5).
        assertTrue(error.at("/id").isNull() || error.number("id") == 7, answer.body());
        assertEquals(code, error.at("/error").number("code"), answer.body());
        assertFalse(error.at("/error").text("message").isBlank());
        assertDiscreet(answer.body());
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                tool("get-order", "{}", "id"),
                tool("get-order", "{\"id\":3}", "id"),
                tool("get-order", "{\"id\":null}", "id"),
                tool("get-order", "{\"id\":[\"ORD-003\"]}", "id"),
                tool("get-order", "{\"id\":\"ORD-003\",\"user\":\"ana\"}", "user"),
                tool("list-orders", "{\"limit\":0}", "limit"),
                tool("list-orders", "{\"limit\":201}", "limit"),
                tool("list-orders", "{\"limit\":1.5}", "limit"),
                tool("list-orders", "{\"limit\":\"3\"}", "limit"),
                tool("list-orders", "{\"limit\":1e400}", "limit"),
                tool("list-orders", "{\"status\":\"lost\"}", "status"),
                tool("list-orders", "{\"cursor\":\"abc\"}", "cursor"),
                tool("list-orders", "{\"owner\":\"ana\"}", "owner"),
                tool("whoami", "{\"as\":\"ana\"}", "as"));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("badArguments")
    void a_tool_called_with_bad_arguments_tells_the_model_which(String tool, String arguments, String field) {
        assertFalse(call("get-order", "{\"id\":\"ORD-003\"}").at("/result").flag("isError"));
        assertFalse(call("list-orders", "{\"limit\":2,\"status\":\"pending\"}")
                .at("/result")
                .flag("isError"));

        Json answer = call(tool, arguments);

        assertTrue(answer.at("/result").flag("isError"), answer.toString());
        String text = answer.at("/result/content/0").text("text");
        assertTrue(text.contains(field), text);
        assertDiscreet(answer.toString());
    }

    @Test
    void a_tool_call_that_cannot_be_understood_is_not_repeated_and_not_recorded_as_permitted() {
        assertFalse(call("list-orders", "{\"limit\":1}").at("/result").flag("isError"));
        assertEquals("permit own_rows", lastCall());

        for (String name : List.of("<script>x", "x".repeat(20_000))) {
            Json answer = call("list-orders", "{\"" + name + "\":1}");

            assertEquals(
                    "There is no argument of that name; this tool takes status, limit, cursor.",
                    answer.at("/result/content/0").text("text"));
            assertEquals("deny arguments_invalid", lastCall());
        }
    }

    private String lastCall() {
        return rows.recorded("select decision || ' ' || rule from tool_call order by at desc limit 1")
                .get(0);
    }

    private Json call(String tool, String arguments) {
        HttpResponse<String> answer = api.post(
                Person.VIC,
                Api.MCP,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\",\"arguments\":" + arguments + "}}");
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    @Test
    void a_body_that_is_not_utf_8_is_refused_everywhere() {
        byte[] latin = GOOD.replace("Zoe", "Zo\u00eb").getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = GOOD.replace("Zoe", "Zo\u00eb").getBytes(StandardCharsets.UTF_8);

        assertEquals(201, send(Person.PAT, Api.ORDERS, utf8).statusCode());
        assertProblem(400, "body_invalid", send(Person.PAT, Api.ORDERS, latin));
        assertProblem(400, "body_invalid", send(Person.PAT, Api.CHAT, latin));
        assertEquals(400, send(Person.PAT, Api.MCP, latin).statusCode());
    }

    @Test
    void a_body_that_is_too_large_is_refused_everywhere() {
        assertEquals(201, create(GOOD + " ".repeat(64 * KIB - GOOD.length())).statusCode());
        assertProblem(413, "body_too_large", create(GOOD + " ".repeat(64 * KIB - GOOD.length() + 1)));
        assertProblem(
                413, "body_too_large", api.post(Person.VIC, Api.CHAT, "{\"message\":\"help\"}" + " ".repeat(64 * KIB)));
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertEquals(
                200,
                api.post(Person.VIC, Api.MCP, ping + " ".repeat(KIB * KIB - ping.length()))
                        .statusCode());
        assertProblem(413, "body_too_large", api.post(Person.VIC, Api.MCP, ping + " ".repeat(KIB * KIB)));
    }

    @Test
    void a_large_body_without_an_announced_length_is_refused_too() {
        byte[] large = (GOOD + " ".repeat(64 * KIB)).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = api.as(Person.PAT, Api.ORDERS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)));

        assertProblem(413, "body_too_large", Http.send(request));
    }

    @Test
    void a_body_of_another_media_type_is_refused_everywhere() {
        for (String path : List.of(Api.ORDERS, Api.CHAT, Api.MCP)) {
            HttpRequest.Builder request = api.as(Person.PAT, path)
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(GOOD));
            assertProblem(415, "media_type_not_supported", Http.send(request));
        }
    }

    @Test
    void text_that_looks_like_code_is_kept_as_the_text_that_it_is() {
        for (String odd : List.of(
                "Robert'); drop table orders;--",
                "<script>alert(1)</script>",
                "${jndi:ldap://127.0.0.1/x}",
                "\u05d0\u202e\u2603\ud83d\ude00",
                "'\"\\`;|&$(id)",
                "x".repeat(200))) {
            HttpResponse<String> created =
                    api.post(Person.PAT, Api.ORDERS, Map.of("customer_name", odd, "product", odd, "quantity", 1));
            assertEquals(201, created.statusCode(), created.body());
            Json order = Json.of(api.get(
                            Person.PAT,
                            Api.ORDERS + "/" + Json.of(created.body()).text("id"))
                    .body());
            assertEquals(List.of(odd, odd), List.of(order.text("customer_name"), order.text("product")));
        }
        assertEquals(List.of("8"), rows.find("select count(*) from orders where number <= 8"));
    }

    private HttpResponse<String> create(String body) {
        return api.post(Person.PAT, Api.ORDERS, body);
    }

    private HttpResponse<String> send(Person person, String path, byte[] body) {
        return Http.send(
                api.as(person, path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    private long orders() {
        return Long.parseLong(rows.find("select count(*) from orders").get(0));
    }

    private static void assertField(String field, Json problem) {
        assertEquals(
                field.isEmpty() ? Optional.empty() : Optional.of(field),
                Optional.of(problem.at("/field"))
                        .filter(value -> !value.isNull())
                        .map(value -> problem.text("field")));
    }

    private static Arguments bad(String name, String body, String reason, String field) {
        return Arguments.of(name, body, reason, field);
    }

    private static Arguments tool(String tool, String arguments, String field) {
        return Arguments.of(tool, arguments, field);
    }

    private static String quantity(String value) {
        return GOOD.replace("2}", value + "}");
    }

    private static String customer(String value) {
        return GOOD.replace("\"Zoe\"", value);
    }
}
