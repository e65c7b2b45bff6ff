package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.CONVERSATIONS;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.more;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.Fault;
import dev.throughline.local.foundry.Fault.CallError;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent service that falters: people are told what they can do, nothing is lost and nothing is done twice. */
class AgentFaultsIT {
    private static final Duration BRIEF = Duration.ofMillis(30);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);

    @BeforeAll
    static void pat_lets_both_agents_act() {
        Desk desk = new Desk(Running.stack());
        desk.clear();
        desk.letAct(Person.PAT, ASSISTANT);
        desk.letAct(Person.PAT, FUNCTIONS);
    }

    @AfterAll
    static void leave_nothing_behind() {
        new Desk(Running.stack()).clear();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("500", "agent_unavailable", new Fault.Refused(500)),
                Arguments.of("503", "agent_unavailable", new Fault.Refused(503)),
                Arguments.of("no role on the project", "not_assigned", Fault.permissionDenied()),
                Arguments.of("401", "sign_in_again", Fault.unauthorized()),
                Arguments.of("403", "agent_misconfigured", Fault.forbidden()),
                Arguments.of("424 while it starts", "agent_unavailable", Fault.sessionNotReady()),
                Arguments.of("424", "agent_failed", new Fault.Refusal(424, "tool_user_error", "Tool.", Map.of())),
                Arguments.of("429", "agent_unavailable", Fault.rateLimited(Duration.ofSeconds(7))),
                Arguments.of("cut at once", "agent_unavailable", new Fault.CutStream(0)),
                Arguments.of("cut in the middle", "agent_unavailable", new Fault.CutStream(3)),
                Arguments.of("malformed", "agent_unavailable", new Fault.MalformedEvent(2)),
                Arguments.of("a page", "agent_unavailable", new Fault.WrongContentType("text/html")),
                Arguments.of("an error event", "agent_unavailable", new Fault.ErrorEvent(2, "server_error", "x")),
                Arguments.of("another error event", "agent_failed", new Fault.ErrorEvent(2, "odd", "AADSTS50013")),
                Arguments.of("overload", "agent_unavailable", new Fault.FailedResponse("rate_limit_exceeded", "x")),
                Arguments.of("a failed response", "agent_failed", new Fault.FailedResponse("odd", "at x.Y.z")),
                Arguments.of("half an answer", "agent_failed", new Fault.IncompleteResponse("max_output_tokens")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_turn_that_fails_says_why_and_the_conversation_goes_on(String name, String reason, Fault fault) {
        for (String agent : List.of(ASSISTANT, FUNCTIONS)) {
            Hearing hearing = agent.equals(ASSISTANT) ? Hearing.AT_ONCE : Hearing.LIVE;
            Turn before = hearing.turn(chat, Person.PAT, saying(agent, "help"));

            stack.foundry().failNext(fault);
            Turn failed = hearing.turn(chat, Person.PAT, more(before.conversation(), "show ORD-003"));
            Turn after = hearing.turn(chat, Person.PAT, more(before.conversation(), "show ORD-005"));

            assertEquals(reason, failed.error(), agent);
            assertEquals(before.conversation(), failed.conversation());
            assertEquals(List.of(List.of(), List.of()), List.of(failed.approvals(), failed.consents()));
            assertEquals("", after.error(), after.toString());
            assertTrue(after.text().contains("Webcam HD"), after.toString());
            Json kept = chat.found(Person.PAT, CONVERSATIONS + "/" + before.conversation());
            assertEquals(
                    List.of("", reason, ""),
                    kept.all("/turns").stream()
                            .map(turn -> turn.at("/error").text("reason"))
                            .toList());
            assertFalse(kept.at("/turns/1/error").text("detail").isBlank());
            assertDiscreet(kept.toString());
            assertEquals(
                    List.of(before.hops(), failed.hops(), after.hops()), chat.kept(Person.PAT, before.conversation()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"500, 503, 5", "429, 503, 3", "401, 401, ''", "403, 200, ''"})
    void what_a_client_can_act_upon_is_in_the_status_and_its_headers_too(int fault, int status, String retryAfter) {
        stack.foundry()
                .failNext(
                        switch (fault) {
                            case 429 -> Fault.rateLimited(Duration.ofSeconds(3));
                            case 401 -> Fault.unauthorized();
                            case 403 -> Fault.forbidden();
                            default -> new Fault.Refused(fault);
                        });

        HttpResponse<String> answer = chat.chat(Person.PAT, saying(ASSISTANT, "help"));

        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(retryAfter, answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals(
                status == 401, answer.headers().firstValue("WWW-Authenticate").isPresent());
        assertFalse(Json.of(answer.body()).at("/error").text("detail").isBlank());
        assertDiscreet(answer.body());
    }

    static Stream<Arguments> trifles() {
        return Stream.of(
                Arguments.of("late", new Fault.Slow(Duration.ofSeconds(1))),
                Arguments.of("slow", new Fault.SlowEvents(BRIEF)),
                Arguments.of("novel", new Fault.UnknownKinds()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trifles")
    void what_does_no_harm_is_not_noticed(String name, Fault fault) {
        for (Hearing hearing : Hearing.values()) {
            for (String agent : List.of(ASSISTANT, FUNCTIONS)) {
                stack.foundry().failNext(fault);
                Turn turn = hearing.turn(chat, Person.PAT, saying(agent, "show ORD-003"));
                assertEquals("", turn.error());
                assertTrue(turn.text().contains("Monitor Stand"), turn.toString());
            }
        }
    }

    static Stream<Fault> callFaults() {
        return Stream.concat(
                Arrays.stream(CallError.values()).map(Fault.FailedCall::new), Stream.of(new Fault.ToolTimeout(BRIEF)));
    }

    @ParameterizedTest
    @MethodSource("callFaults")
    void a_tool_call_that_the_service_could_not_make_is_told_as_no_more_than_a_report(Fault fault) {
        for (Hearing hearing : Hearing.values()) {
            stack.foundry().failNext(fault);
            Turn turn = hearing.turn(chat, Person.PAT, saying(ASSISTANT, "show ORD-003"));

            assertEquals("", turn.error());
            assertFalse(turn.text().contains("Monitor Stand"), turn.text());
            assertEquals(List.of("get-order failed"), turn.tools());
            assertEquals("reported", turn.hopTo("mcp").text("evidence"));
            assertEquals("null", turn.hopTo("mcp").at("/user").toString());
            assertEquals(List.of(turn.hops()), chat.kept(Person.PAT, turn.conversation()));
        }
    }

    static Stream<Arguments> cuts() {
        return Stream.of(ASSISTANT, FUNCTIONS)
                .flatMap(agent -> Stream.of(
                                new Fault.Refused(500),
                                new Fault.CutStream(0),
                                new Fault.CutStream(4),
                                new Fault.CutStream(8),
                                new Fault.CutStream(12),
                                new Fault.MalformedEvent(1),
                                new Fault.FailedResponse("server_error", "x"))
                        .map(fault -> Arguments.of(agent, fault)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void what_was_approved_is_done_once_however_the_service_falters_meanwhile(String agent, Fault fault) {
        String order = desk.order(Person.PAT);
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.PAT, saying(agent, "change the quantity of " + order + " to 4"));
        String approval = asked.approval().text("id");
        assertEquals(
                200,
                chat.decide(Person.PAT, WebChat.APPROVALS, approval, "approve").statusCode());

        stack.foundry().failNext(fault);
        Turn failed = Hearing.LIVE.turn(chat, Person.PAT, resuming(asked.conversation()));
        assertFalse(failed.error().isEmpty(), failed.toString());
        assertTrue(
                chat.found(Person.PAT, CONVERSATIONS + "/" + asked.conversation())
                        .flag("waiting"),
                "It can be resumed");
        Turn resumed = Hearing.AT_ONCE.turn(chat, Person.PAT, resuming(asked.conversation()));

        assertEquals("4 v2", desk.row(order));
        assertEquals("used", desk.state(approval));
        assertEquals("", resumed.error());
        assertFalse(resumed.text().contains("Nothing was done"), "That would be a lie: " + resumed.text());
        assertFalse(waits(asked.conversation()));
        Turn next = Hearing.LIVE.turn(chat, Person.PAT, more(asked.conversation(), "show " + order));
        assertEquals("", next.error(), next.toString());
        assertTrue(next.text().contains("Zoe Quill"), next.text());
        assertEquals("4 v2", desk.row(order));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void who_closes_the_stream_stops_the_agent_before_its_next_tool_call(String agent) throws InterruptedException {
        long before = recorded();
        stack.foundry().failNext(new Fault.SlowEvents(Duration.ofMillis(200)));

        String seen = hangUp(saying(agent, "list my orders"));

        assertEquals(200, Wire.status(seen), seen);
        TimeUnit.SECONDS.sleep(3);
        assertEquals(before, recorded(), "No tool was called");
        Turn next = Hearing.LIVE.turn(chat, Person.PAT, more(thread(seen), "show ORD-003"));
        assertTrue(next.text().contains("Monitor Stand"), next.toString());
        assertEquals(before + 1, recorded());
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void who_closes_a_stream_that_was_resumed_can_resume_it_again(String agent) throws InterruptedException {
        String order = desk.order(Person.PAT);
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.PAT, saying(agent, "change the quantity of " + order + " to 4"));
        chat.decide(Person.PAT, WebChat.APPROVALS, asked.approval().text("id"), "approve");
        stack.foundry().failNext(new Fault.SlowEvents(Duration.ofMillis(400)));

        hangUp(resuming(asked.conversation()));

        for (int i = 0; i < 50 && !waits(asked.conversation()); i++) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        Turn resumed = Hearing.LIVE.turn(chat, Person.PAT, resuming(asked.conversation()));
        // The agent service notices later that nobody reads any more, and is at it until then.
        for (int i = 0; i < 50 && resumed.error().equals("agent_unavailable"); i++) {
            TimeUnit.MILLISECONDS.sleep(200);
            resumed = Hearing.LIVE.turn(chat, Person.PAT, resuming(asked.conversation()));
        }
        assertEquals("", resumed.error(), resumed.toString());
        assertEquals("4 v2", desk.row(order));
    }

    @Test
    void the_hosted_agents_end_is_told_and_does_not_harm_the_others() {
        Turn hosted = Hearing.AT_ONCE.turn(chat, Person.PAT, saying(FUNCTIONS, "show ORD-003"));
        stack.foundry().stopHostedAgent();
        try {
            Turn away = Hearing.LIVE.turn(chat, Person.PAT, more(hosted.conversation(), "show ORD-005"));
            assertEquals("agent_unavailable", away.error());
            assertEquals(
                    "",
                    Hearing.AT_ONCE
                            .turn(chat, Person.PAT, saying(ASSISTANT, "help"))
                            .error());
        } finally {
            stack.foundry().close();
            stack.restartFoundry();
        }
        assertTrue(Hearing.AT_ONCE
                .turn(chat, Person.PAT, more(hosted.conversation(), "show ORD-005"))
                .text()
                .contains("Webcam HD"));
    }

    private boolean waits(String conversation) {
        return chat.found(Person.PAT, CONVERSATIONS + "/" + conversation).flag("waiting");
    }

    private long recorded() {
        return Long.parseLong(rows.recorded("select count(*) from tool_call").get(0));
    }

    private String hangUp(Map<String, Object> body) {
        return Wire.hangUpAfter(
                "identity.hop",
                stack.ports().web(),
                Json.text(body),
                "POST " + Api.CHAT + " HTTP/1.1",
                "Host: localhost:" + stack.ports().web(),
                "Content-Type: application/json",
                "Accept: text/event-stream",
                "Authorization: Bearer " + api.signIn().token(Person.PAT));
    }

    private static String thread(String seen) {
        int at = seen.indexOf("\"threadId\":\"") + "\"threadId\":\"".length();
        return seen.substring(at, at + 36);
    }
}
