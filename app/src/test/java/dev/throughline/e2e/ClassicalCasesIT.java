package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.entra.TokenWorkshop;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The classical cases of a secured MCP server, each for three kinds of caller:
 *
 * <ul>
 *   <li><b>A</b>, a person in an app of ours: Ada's token, issued to the web chat;
 *   <li><b>B</b>, a person through an agent: Ada's token, issued to {@code orders-assistant};
 *   <li><b>C</b>, an agent as itself: {@code night-agent}'s own token, without a person.
 * </ul>
 *
 * Eight cases are about what the server does (F1 to F8) and eleven about whom it lets in (E1 to E11); three more, about
 * real client programs without, with a bad and with a good token (R1 to R3), are tested where those programs are. The
 * tests leave a table behind, {@code classical-cases.md} in the folder of the build's output.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ClassicalCasesIT {
    private static final String PREFIX = "c0ffee00-0000-4000-8000-0000000000";
    private static final String NIGHT_AGENT = PREFIX + "a5";
    private static final Set<String> READING = Set.of("list-orders", "get-order", "whoami", "health-check");
    private static final Set<String> ALL = Set.of(
            "list-orders", "get-order", "create-order", "update-order", "delete-order", "whoami", "health-check");
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final Map<String, Map<Group, String>> SEEN = new TreeMap<>();

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final ServerLog log = new ServerLog(stack);

    /** Who calls. */
    enum Group {
        A(ALL, "web-chat directly"),
        B(ALL, "orders-assistant"),
        C(READING, "night-agent");

        private final Set<String> tools;
        private final String who;

        Group(Set<String> tools, String who) {
            this.tools = tools;
            this.who = who;
        }

        TokenDraft good(TokenWorkshop workshop) {
            return switch (this) {
                case A -> workshop.user("ada", Ids.WEB_CHAT, "Orders.Read", "Orders.Write");
                case B -> workshop.user("ada", Ids.ASSISTANT, "Orders.Read", "Orders.Write");
                case C -> workshop.application(NIGHT_AGENT);
            };
        }

        String client() {
            return switch (this) {
                case A -> Ids.WEB_CHAT;
                case B -> Ids.ASSISTANT;
                case C -> NIGHT_AGENT;
            };
        }

        @Override
        public String toString() {
            return name() + " " + who;
        }
    }

    @BeforeEach
    void only_the_samples_are_there() {
        rows.change("delete from orders where number > 8");
    }

    @AfterAll
    static void leave_the_table_behind() throws IOException {
        for (String client : List.of("R1 no token", "R2 bad token", "R3 good token")) {
            Map<Group, String> elsewhere = new EnumMap<>(Group.class);
            List.of(Group.values()).forEach(group -> elsewhere.put(group, "with the client programs"));
            SEEN.put(client + ", a real client program", elsewhere);
        }
        String table = SEEN.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + List.of(Group.values()).stream()
                                .map(group -> row.getValue().getOrDefault(group, "not run"))
                                .collect(Collectors.joining(" | "))
                        + " |")
                .collect(Collectors.joining("\n", "| Case | A | B | C |\n|---|---|---|---|\n", "\n"));
        Files.writeString(Path.of(System.getProperty("throughline.output"), "classical-cases.md"), table);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f1_discovery_leads_from_the_endpoint_to_the_authority_of_the_token(Group group) {
        HttpResponse<String> challenged = post("", "ping", "{}");
        Json metadata = fetched(metadataOf(challenged));
        String authority = metadata.all("/authorization_servers").get(0).node().asString();
        Json document = fetched(authority + "/.well-known/openid-configuration");

        assertEquals(api.uri(Api.MCP).toString(), metadata.text("resource"));
        assertEquals(good(group).claims().get("iss"), document.text("issuer"));
        assertTrue(document.text("token_endpoint").startsWith("http"), document.toString());
        seen("F1 discovery", group, "challenge, metadata, authority");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f2_initialize_agrees_on_a_revision_and_opens_no_session(Group group) {
        HttpResponse<String> answer = post(
                token(group),
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"classical\",\"version\":\"1\"}}");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("2025-11-25", Json.of(answer.body()).at("/result").text("protocolVersion"));
        assertFalse(Json.of(answer.body()).at("/result/capabilities/tools").isNull(), answer.body());
        assertEquals(Optional.empty(), answer.headers().firstValue("Mcp-Session-Id"));
        seen("F2 initialize", group, "2025-11-25");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f3_the_list_shows_what_this_caller_may_use(Group group) {
        assertEquals(group.tools, listed(token(group)));
        seen("F3 list", group, group.tools.size() + " tools");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f4_each_reading_tool_answers(Group group) {
        String token = token(group);

        assertEquals(8, content(call(token, "list-orders", "{}")).all("/items").size());
        assertEquals(
                "ORD-002",
                content(call(token, "get-order", "{\"id\":\"ORD-002\"}")).text("id"));
        assertEquals("up", content(call(token, "health-check", "{}")).text("status"));
        assertEquals(group.client(), content(call(token, "whoami", "{}")).text("client"));
        seen("F4 each reading tool", group, "4 answered");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f5_each_writing_tool_does_its_work_only_for_a_person_in_an_app_of_ours(Group group) {
        String token = token(group);
        List<String> before = orders();
        assertFalse(
                call(token, "get-order", "{\"id\":\"ORD-008\"}").at("/result").flag("isError"));

        Json created = call(token, "create-order", "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":1}");
        String id = group == Group.A ? content(created).text("id") : "ORD-008";
        Json updated = call(token, "update-order", "{\"id\":\"" + id + "\",\"quantity\":2}");
        Json deleted = call(token, "delete-order", "{\"id\":\"" + id + "\"}");

        for (Json answer : List.of(created, updated, deleted)) {
            assertEquals(group != Group.A, answer.at("/result").flag("isError"), answer.toString());
        }
        assertEquals(before, orders(), "What was made is gone again, and nothing else was touched");
        seen("F5 each writing tool", group, group == Group.A ? "3 done" : "3 refused, nothing changed");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f6_bad_arguments_are_told_to_the_model(Group group) {
        String token = token(group);
        content(call(token, "list-orders", "{\"limit\":1}"));

        Json answer = call(token, "list-orders", "{\"limit\":0}");

        assertTrue(answer.at("/result").flag("isError"), answer.toString());
        assertTrue(answer.at("/result/content/0").text("text").contains("limit"), answer.toString());
        seen("F6 bad arguments", group, "tool error");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f7_an_unknown_tool_is_a_fault_of_the_protocol(Group group) {
        String token = token(group);
        content(call(token, "list-orders", "{}"));

        HttpResponse<String> answer = post(token, "tools/call", "{\"name\":\"drop-orders\",\"arguments\":{}}");

        assertEquals(-32602, Json.of(answer.body()).at("/error").number("code"), answer.body());
        assertDiscreet(answer.body());
        seen("F7 unknown tool", group, "error -32602");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void f8_the_same_request_has_the_same_answer_without_anything_before_it(Group group) {
        String token = token(group);
        String first = post(token, "tools/call", "{\"name\":\"list-orders\",\"arguments\":{}}")
                .body();

        HttpResponse<String> second = Http.send(Api.withBody(
                api.bearing(token, Api.MCP).header("Mcp-Session-Id", "of-somebody"),
                "POST",
                message("tools/call", "{\"name\":\"list-orders\",\"arguments\":{}}")));

        assertEquals(first, second.body());
        seen("F8 stateless repetition", group, "equal to the byte");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e01_no_token(Group group) {
        control(group);

        HttpResponse<String> answer = post("", "tools/list", "{}");

        assertProblem(401, "sign_in_required", answer);
        assertFalse(challenge(answer).contains("error="), challenge(answer));
        assertRejected("missing", answer);
        seen("E01 no token", group, "401");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e02_a_malformed_token(Group group) {
        assertInvalid(
                "E02 malformed token",
                group,
                "not_compact",
                "x" + control(group).replaceFirst("\\.", "!"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e03_a_fake_token(Group group) throws NoSuchAlgorithmException {
        control(group);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);

        assertInvalid(
                "E03 fake token",
                group,
                "signature_invalid",
                good(group).signedBy(generator.generateKeyPair().getPrivate()).sign());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e04_a_token_for_another_audience(Group group) {
        control(group);
        assertInvalid(
                "E04 wrong audience",
                group,
                "audience_mismatch",
                good(group).with("aud", "https://graph.microsoft.com").sign());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e05_an_expired_token(Group group) {
        control(group);
        assertInvalid("E05 expired", group, "expired", good(group).expired().sign());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e06_a_token_of_another_issuer(Group group) {
        control(group);
        assertInvalid(
                "E06 wrong issuer",
                group,
                "issuer_mismatch",
                good(group)
                        .with("iss", "https://login.microsoftonline.com/common/v2.0")
                        .sign());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e07_a_client_that_nobody_registered(Group group) {
        control(group);
        String reason = group == Group.C ? "user_required" : "client_not_registered";

        assertForbidden(
                "E07 unregistered client",
                group,
                reason,
                good(group).with("azp", PREFIX + "ff").sign());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e08_the_app_role_is_missing(Group group) {
        control(group);
        String without = good(group).without("roles").sign();

        if (group == Group.C) {
            assertForbidden("E08 missing app role", group, "user_required", without);
        } else {
            Json answer = call(without, "list-orders", "{}");
            assertTrue(answer.at("/result").flag("isError"), answer.toString());
            assertTrue(answer.toString().contains("Your role does not allow this"), answer.toString());
            seen("E08 missing app role", group, "tool error: role");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e09_a_valid_token_of_the_application_itself(Group group) {
        control(group);
        String own = stack.entra()
                .tokens()
                .application(NIGHT_AGENT)
                .with("azp", group.client())
                .sign();

        if (group == Group.C) {
            assertEquals(
                    8, content(call(own, "list-orders", "{}")).all("/items").size());
            seen("E09 valid app token", group, "let in, tenant's orders");
        } else {
            assertForbidden("E09 valid app token", group, "user_required", own);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e10_a_valid_token_of_a_person(Group group) {
        TokenDraft person = Group.B.good(stack.entra().tokens()).with("azp", group.client());

        if (group == Group.C) {
            assertEquals(Set.of(), listed(person.sign()), "This agent was granted nothing for people");
            assertTrue(call(person.sign(), "list-orders", "{}").at("/result").flag("isError"));
            seen("E10 valid user token", group, "no tool granted");
        } else {
            Json identity = content(call(person.sign(), "whoami", "{}"));
            assertEquals(Person.ADA.id, identity.text("user"));
            assertEquals(group == Group.A, identity.at("/agent").isNull(), identity.toString());
            seen("E10 valid user token", group, group == Group.A ? "the person" : "the person and the agent");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void e11_discovery_needs_no_token_and_tells_the_same_to_everybody(Group group) {
        String metadata = metadataOf(post("", "ping", "{}"));
        String anonymous = Http.get(URI.create(metadata)).body();

        String known = Http.send(api.bearing(token(group), URI.create(metadata).getPath()))
                .body();

        assertEquals(anonymous, known);
        assertFalse(Json.of(anonymous).all("/authorization_servers").isEmpty(), anonymous);
        seen("E11 discovery without a token", group, "200");
    }

    /** The token of a group, once it was accepted. */
    private String control(Group group) {
        String token = token(group);
        content(call(token, "whoami", "{}"));
        return token;
    }

    private void assertInvalid(String name, Group group, String reason, String token) {
        HttpResponse<String> answer = post(token, "tools/list", "{}");

        assertProblem(401, "invalid_token", answer);
        assertTrue(challenge(answer).startsWith("Bearer error=\"invalid_token\""), challenge(answer));
        assertRejected(reason, answer);
        seen(name, group, "401 invalid_token");
    }

    private void assertForbidden(String name, Group group, String reason, String token) {
        HttpResponse<String> answer = post(token, "tools/list", "{}");

        assertProblem(403, reason, answer);
        assertEquals(Optional.empty(), answer.headers().firstValue("WWW-Authenticate"), "No other token would do");
        assertRejected(reason, answer);
        seen(name, group, "403 " + reason);
    }

    private void assertRejected(String reason, HttpResponse<String> answer) {
        assertEquals(reason + " mcp", log.rejection(Problems.correlationId(answer)));
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private static String metadataOf(HttpResponse<String> answer) {
        Matcher matcher = METADATA.matcher(challenge(answer));
        assertTrue(matcher.find(), challenge(answer));
        return matcher.group(1);
    }

    private static Json fetched(String address) {
        HttpResponse<String> answer = Http.get(URI.create(address));
        assertEquals(200, answer.statusCode(), address);
        return Json.of(answer.body());
    }

    private TokenDraft good(Group group) {
        return group.good(stack.entra().tokens());
    }

    private String token(Group group) {
        return good(group).sign();
    }

    private List<String> orders() {
        return rows.find("select orders::text from orders order by number");
    }

    private Set<String> listed(String token) {
        return Json.of(post(token, "tools/list", "{}").body()).all("/result/tools").stream()
                .map(tool -> tool.text("name"))
                .collect(Collectors.toSet());
    }

    private Json call(String token, String tool, String arguments) {
        HttpResponse<String> answer =
                post(token, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private static Json content(Json answer) {
        assertFalse(answer.at("/result").flag("isError"), answer.toString());
        return answer.at("/result/structuredContent");
    }

    private HttpResponse<String> post(String token, String method, String parameters) {
        return Http.send(Api.withBody(
                token.isEmpty() ? api.anonymous(Api.MCP) : api.bearing(token, Api.MCP),
                "POST",
                message(method, parameters)));
    }

    private static String message(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private static void seen(String name, Group group, String what) {
        SEEN.computeIfAbsent(name, row -> new EnumMap<>(Group.class)).put(group, what);
    }
}
