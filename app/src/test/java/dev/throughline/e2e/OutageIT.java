package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.entra.AadError;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.foundry.Fault;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others lean on us for while what we lean on is away, and afterwards, without a restart of ours. */
class OutageIT {
    private static final String HELP = "{\"message\":\"help\"}";
    private static LocalStack stack;

    private Api api;

    @BeforeAll
    static void a_stack_to_break() {
        stack = Running.another("outage");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void everything_works() {
        api = new Api(stack);
        api.allowAgent(Person.VIC);
        assertWhole();
    }

    @AfterEach
    void everything_works_again() {
        assertWhole();
    }

    /** The server's own would hold the headers of the requests that failed, with their tokens. */
    @AfterEach
    void nothing_was_dumped() {
        assertFalse(Files.exists(stack.server().console().resolveSibling("ffdc")));
    }

    private void assertWhole() {
        assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());
        String text = api.chat(Person.VIC, "show ORD-003").text("text");
        assertTrue(text.contains("Monitor Stand"), text);
        assertEquals(200, Http.send(api.anonymous("/health/ready")).statusCode());
    }

    @Test
    void without_the_issuer_known_keys_and_tokens_still_do_and_new_exchanges_are_told_to_wait() {
        String fresh = api.signIn().token(Person.VIC, "Orders.Read");
        stack.entra().close();
        try {
            assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());
            assertEquals(200, Http.send(api.bearing(fresh, Api.ORDERS)).statusCode());
            assertEquals(200, Http.send(api.anonymous("/health/ready")).statusCode());
            assertTrue(api.chat(Person.VIC, "help").at("/error").isNull(), "Its exchanged token is still good");

            assertUnavailable(say(fresh));
            assertEquals("agent_unavailable", streamed(fresh).last().text("code"));
        } finally {
            stack.restartEntra();
        }
        assertEquals(200, say(fresh).statusCode(), "The failure must not be remembered");
    }

    @Test
    void without_the_agent_service_only_the_chat_waits() {
        stack.foundry().close();
        try {
            assertUnavailable(say(api.signIn().token(Person.VIC)));
            assertEquals(
                    "agent_unavailable",
                    streamed(api.signIn().token(Person.VIC)).last().text("code"));
            assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());
            assertEquals(200, Http.send(api.anonymous("/health/ready")).statusCode());
        } finally {
            stack.restartFoundry();
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("refuses with 500", new Fault.Refused(500)),
                Arguments.of("refuses with 503", new Fault.Refused(503)),
                Arguments.of("ends the stream at once", new Fault.CutStream(0)),
                Arguments.of("ends the stream in the middle", new Fault.CutStream(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void an_agent_service_that_falters_is_told_as_such_however_the_answer_is_heard(String name, Fault fault) {
        String token = api.signIn().token(Person.VIC);
        assertEquals(200, say(token).statusCode());

        stack.foundry().failNext(fault);
        assertUnavailable(say(token));
        stack.foundry().failNext(fault);
        Events events = streamed(token);

        assertEquals("RUN_ERROR", events.last().text("type"));
        assertEquals("agent_unavailable", events.last().text("code"));
        assertDiscreet(events.last().toString());
        assertEquals(1, events.named("RUN_STARTED").size());
    }

    @Test
    void an_agent_service_that_is_slow_is_waited_for() {
        stack.foundry().failNext(new Fault.Slow(Duration.ofSeconds(2)));

        assertEquals(200, say(api.signIn().token(Person.VIC)).statusCode());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "a consent that only an administrator can give",
                        200,
                        "consent_of_administrator_needed",
                        AadError.consentMissing()),
                refusal(
                        "a second factor that is missing",
                        401,
                        "step_up_needed",
                        AadError.multiFactorNeeded("{\"access_token\":{}}")),
                refusal("a person who is not assigned", 200, "not_assigned", AadError.notAssigned()),
                inTrouble(
                        "an issuer that is overloaded",
                        entra -> entra.answerNextOnBehalfOfWith(AadError.unavailable())),
                inTrouble(
                        "a proxy that is in trouble",
                        entra -> entra.answerNextOnBehalfOfWith(502, "text/html", "<html>AADSTS50013 at proxy</html>")),
                Arguments.of("an answer without a token", 503, "agent_unavailable", (Consumer<EntraStandIn>) entra ->
                        entra.answerNextOnBehalfOfWith(200, "application/json", "{\"token_type\":\"Bearer\"}")));
    }

    private static Arguments refusal(String name, int status, String reason, AadError error) {
        return Arguments.of(
                name, status, reason, (Consumer<EntraStandIn>) entra -> entra.answerNextOnBehalfOfWith(error));
    }

    /** What passes in a moment is tried once more. */
    private static Arguments inTrouble(String name, Consumer<EntraStandIn> script) {
        return Arguments.of(name, 503, "agent_unavailable", script.andThen(script));
    }

    @Test
    void an_issuer_that_is_unwell_for_a_moment_is_not_noticed() {
        stack.entra().answerNextOnBehalfOfWith(AadError.unavailable());

        assertEquals(200, say(api.signIn().token(Person.VIC)).statusCode());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void an_exchange_that_is_refused_is_told_in_our_words(
            String name, int status, String reason, Consumer<EntraStandIn> script) {
        String token = api.signIn().token(Person.VIC, "Orders.Read");

        script.accept(stack.entra());
        HttpResponse<String> answer = say(token);

        assertEquals(status, answer.statusCode(), answer.body());
        Json error = Json.of(answer.body()).at("/error");
        assertEquals(reason, error.text("reason"), answer.body());
        assertFalse(error.text("detail").isBlank());
        assertDiscreet(answer.body());
        assertTrue(
                Json.of(answer.body()).all("/trail").stream()
                        .noneMatch(hop -> hop.text("evidence").equals("issued")),
                "Nothing may be called issued that was not");
        assertEquals(200, say(token).statusCode(), "The same token, exchanged the next time");
    }

    @Test
    void a_person_without_a_role_on_the_project_is_told_so_in_one_sentence() {
        stack.foundry().denyProjectRole(Person.VIC.id);
        try {
            Json answer = api.chat(Person.VIC, "help");
            assertEquals("not_assigned", answer.at("/error").text("reason"));
            assertTrue(answer.at("/error").text("detail").contains("not assigned to this agent project"));
        } finally {
            stack.foundry().grantProjectRole(Person.VIC.id);
        }
    }

    @Test
    void without_the_database_every_door_says_so_and_all_open_again_when_it_is_back() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list-orders\"}}";
        stack.database().close();
        try {
            long begin = System.nanoTime();
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> rest = api.get(Person.VIC, Api.ORDERS);
                assertProblem(503, "unavailable", rest);
                assertTrue(rest.headers().firstValue("Retry-After").isPresent());
            }
            assertTrue(System.nanoTime() - begin < 6_000_000_000L, "Nobody may be kept waiting for it");
            HttpResponse<String> tool = api.post(Person.VIC, Api.MCP, list);
            assertEquals(200, tool.statusCode(), tool.body());
            assertTrue(Json.of(tool.body()).at("/result").flag("isError"), tool.body());
            assertTrue(tool.body().contains("not available at the moment"), tool.body());
            HttpResponse<String> chat = say(api.signIn().token(Person.VIC));
            assertEquals(503, chat.statusCode(), chat.body());
            assertDiscreet(chat.body());
            HttpResponse<String> stream = Http.send(streaming(api.signIn().token(Person.VIC)));
            assertDiscreet(assertProblem(503, "unavailable", stream).toString());
            assertEquals(503, Http.send(api.anonymous("/health/ready")).statusCode());
            assertEquals(200, Http.send(api.anonymous("/health/live")).statusCode());
            assertProblem(401, "sign_in_required", Http.send(api.anonymous(Api.ORDERS)));
        } finally {
            stack.restartDatabase();
        }
    }

    @Test
    void a_server_that_is_killed_comes_back_with_all_that_it_had_promised() {
        HttpResponse<String> created =
                api.post(Person.PAT, Api.ORDERS, Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2));
        assertEquals(201, created.statusCode());
        stack.foundry().forgetConnectionTokens();
        stack.entra().forgetConsents();
        Json waiting = api.chat(Person.VIC, "list my orders");
        assertEquals(1, waiting.all("/consents").size());

        stack.server().kill();
        stack.startServer();
        stack.awaitReady();

        String id = Json.of(created.body()).text("id");
        assertEquals(created.body(), api.get(Person.PAT, Api.ORDERS + "/" + id).body());
        api.consent(Person.VIC, waiting.at("/consents/0").text("consent_link"));
        Json resumed = api.resume(Person.VIC, waiting.text("conversation_id"));
        assertTrue(resumed.text("text").contains("ORD-003"), resumed.toString());
        HttpResponse<String> next =
                api.post(Person.PAT, Api.ORDERS, Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2));
        assertEquals(201, next.statusCode(), "Numbers go on behind a crash");
        assertEquals(204, api.delete(Person.ADA, Api.ORDERS + "/" + id).statusCode());
    }

    @Test
    void a_new_signing_key_is_found_by_itself_while_the_old_one_is_still_good() throws InterruptedException {
        String old = api.signIn().token(Person.VIC);
        stack.entra().rotateKeys();
        String fresh = api.signIn().token(Person.VIC, "Orders.Read");

        int status = 0;
        for (int second = 0; second < 40 && status != 200; second++) {
            status = Http.send(api.bearing(fresh, Api.ORDERS)).statusCode();
            assertEquals(200, Http.send(api.bearing(old, Api.ORDERS)).statusCode());
            assertTrue(List.of(200, 401).contains(status), "Status " + status);
            Thread.sleep(status == 200 ? 0 : 1000);
        }
        assertEquals(200, status);
    }

    private void assertUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        Json error = Json.of(answer.body()).at("/error");
        assertEquals("agent_unavailable", error.text("reason"), answer.body());
        assertEquals(Optional.of(error.text("correlation_id")), answer.headers().firstValue(Api.CORRELATION_ID));
        assertDiscreet(answer.body());
    }

    private HttpResponse<String> say(String token) {
        return Http.send(Api.withBody(api.bearing(token, Api.CHAT), "POST", HELP));
    }

    private Events streamed(String token) {
        HttpResponse<String> answer = Http.send(streaming(token));
        assertEquals(200, answer.statusCode(), answer.body());
        return Events.of(answer.body());
    }

    private HttpRequest.Builder streaming(String token) {
        return Api.withBody(api.bearing(token, Api.CHAT).header("Accept", "text/event-stream"), "POST", HELP);
    }
}
