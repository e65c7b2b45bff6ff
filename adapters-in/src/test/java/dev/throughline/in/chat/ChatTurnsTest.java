package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Grant;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.Ask;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.Delegation;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.People;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole turns as clients of the chat see them, as one answer and as a stream. */
class ChatTurnsTest {
    private static final Map<String, @Nullable Object> LAMP =
            Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2);
    private static final Map<String, @Nullable Object> DESK =
            Map.of("customer_name", "Zoe", "product", "Desk", "quantity", 1);
    private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

    private final ChatHouse house = new ChatHouse(People.directly(People.ADA), People.FUNCTIONS, People.ASSISTANT);

    @Test
    void a_change_that_the_agent_wants_is_shown_for_approval_made_once_approved_and_told_once() {
        allowed();
        calls(new Call("call-1", "create-order", LAMP));

        Answer waiting = house.say("an order for Zoe");

        assertEquals(200, waiting.status());
        assertEquals(Optional.of("no-store"), waiting.header("Cache-Control"));
        String conversation = waiting.json().get("conversation_id").stringValue();
        Approval question = house.orders.approvals().all().get(0);
        assertEquals(
                JsonMapper.shared()
                        .readTree("[{\"id\":\"" + question.id() + "\",\"agent\":\"orders-functions\","
                                + "\"tool\":\"create-order\","
                                + "\"arguments\":{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2},"
                                + "\"before\":null,"
                                + "\"after\":{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2,"
                                + "\"status\":\"pending\"},"
                                + "\"expires_at\":\"2026-11-21T08:05:00Z\",\"state\":\"pending\","
                                + "\"conversation_id\":\"" + conversation + "\"}]"),
                waiting.json().get("approvals"));
        assertEquals(0, waiting.json().get("consents").size());
        assertFalse(waiting.json().has("error"));
        assertEquals(List.of(), house.orders.all());

        Answer tooEarly = house.resume(conversation);
        assertEquals(waiting.json().get("approvals"), tooEarly.json().get("approvals"));
        assertEquals(1, house.service.asked().size(), "The agent is not bothered");

        approve(question, true);
        answers("Done.");
        Answer done = house.resume(conversation);

        assertEquals("Done.", done.json().get("text").stringValue());
        assertEquals(
                "[{\"name\":\"create-order\",\"status\":\"completed\"}]",
                done.json().get("tool_calls").toString());
        assertEquals(1, house.orders.all().size());
        JsonNode hop = done.json().at("/trail/1");
        assertEquals(question.id().toString(), hop.get("approval").stringValue());
        assertEquals(
                house.consents.all().get(0).id().toString(), hop.get("consent").stringValue());
        assertEquals("permit", hop.get("decision").stringValue());
        assertEquals("verified", hop.get("evidence").stringValue());
        assertEquals(409, house.resume(conversation).status(), "Nothing waits any more");
    }

    @Test
    void an_agent_whose_change_was_declined_is_told_so_and_nothing_is_done() {
        allowed();
        calls(new Call("call-1", "create-order", LAMP));
        String conversation = conversation(house.say("an order for Zoe"));
        approve(house.orders.approvals().all().get(0), false);
        answers("All right.");

        Answer done = house.resume(conversation);

        assertEquals(
                "[{\"name\":\"create-order\",\"status\":\"failed\"}]",
                done.json().get("tool_calls").toString());
        FunctionOutputs outputs = assertInstanceOf(
                FunctionOutputs.class, house.service.asked().get(1).input());
        assertEquals(
                "The person has declined this. Nothing was done; do not ask for it again.",
                outputs.outputs().get(0).output());
        assertEquals(List.of(), house.orders.all());
    }

    @Test
    void declining_a_turn_declines_everything_that_it_asked() {
        allowed();
        calls(new Call("call-1", "create-order", LAMP), new Call("call-2", "create-order", DESK));
        String conversation = conversation(house.say("two orders"));

        Answer declined = house.decline(conversation);

        assertEquals(200, declined.status());
        assertTrue(declined.json().get("text").stringValue().startsWith("All right, "));
        assertEquals(0, declined.json().get("approvals").size());
        assertTrue(house.orders.approvals().all().stream()
                .allMatch(approval -> approval.state() == Approval.State.DENIED));
        assertEquals(409, house.resume(conversation).status());
    }

    @Test
    void a_consent_of_ours_is_asked_for_without_a_link_and_the_turn_goes_on_once_it_is_given() {
        calls(new Call("call-1", "list-orders", Map.of()));

        Answer waiting = house.say("list my orders");

        ConsentEntry entry = house.consents.all().get(0);
        assertEquals(
                JsonMapper.shared()
                        .readTree("[{\"id\":\"" + entry.id() + "\",\"agent\":\"orders-functions\","
                                + "\"scopes\":[\"Orders.Read\",\"Orders.Write\"]}]"),
                waiting.json().get("consents"));
        assertEquals(0, waiting.json().get("approvals").size());

        house.consents.decide(People.ADA, entry.id(), Consent.ALLOWED);
        answers("None.");
        assertEquals(
                "None.", house.resume(conversation(waiting)).json().get("text").stringValue());
    }

    @Test
    void a_consent_of_the_service_has_its_link() {
        house.service.next(
                listener -> new ConsentRequested("r1", "consent-1", URI.create("https://consent.example/x")));

        Answer waiting = house.post("{\"message\":\"list my orders\",\"agent\":\"orders-assistant\"}");

        assertEquals(
                JsonMapper.shared()
                        .readTree("[{\"id\":\"consent-1\",\"agent\":\"orders-assistant\","
                                + "\"scopes\":[\"Orders.Read\",\"Orders.Write\"],"
                                + "\"consent_link\":\"https://consent.example/x\"}]"),
                waiting.json().get("consents"));
    }

    static Stream<Arguments> partners() {
        return Stream.of(
                Arguments.of(
                        DenyReason.AGENT_IDENTITY_SHARED,
                        agent(Agent.Kind.SHARED_PROJECT, Agent.Route.OAUTH, Set.of()),
                        Consent.NONE),
                Arguments.of(
                        DenyReason.ACTS_AS_ITSELF,
                        agent(Agent.Kind.PROMPT, Agent.Route.OAUTH, Set.of("list-orders")),
                        Consent.NONE),
                Arguments.of(
                        DenyReason.NOT_A_CHAT_AGENT,
                        agent(Agent.Kind.MCP_CLIENT, Agent.Route.OAUTH, Set.of()),
                        Consent.NONE),
                Arguments.of(
                        DenyReason.PASSTHROUGH_OFF,
                        agent(Agent.Kind.PROMPT, Agent.Route.PASSTHROUGH, Set.of()),
                        Consent.NONE),
                Arguments.of(
                        DenyReason.CONSENT_REVOKED,
                        agent(Agent.Kind.PROMPT, Agent.Route.OAUTH, Set.of()),
                        Consent.REVOKED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partners")
    void an_agent_that_one_may_not_talk_to_is_never_called_and_the_answer_says_why(
            DenyReason reason, Agent agent, Consent standing) {
        ChatHouse house = new ChatHouse(People.directly(People.VIC), agent);
        if (standing != Consent.NONE) {
            house.consents.put(People.VIC, "partner", Set.of(), standing);
        }

        Answer refused = house.say("list my orders");

        assertEquals(200, refused.status());
        assertEquals(
                JsonMapper.shared()
                        .readTree("{\"reason\":\"" + reason.code() + "\",\"detail\":\"" + reason.sentence()
                                + "\",\"correlation_id\":\"corr-1\"}"),
                refused.json().get("error"));
        assertTrue(refused.json().get("conversation_id").isNull());
        assertEquals("browser", refused.json().at("/trail/0/from").stringValue());
        assertEquals(List.of(), house.service.asked());
        assertEquals(List.of(), house.conversations.allRuns());

        CollectedEvents events = house.stream(new Ask.Say("list my orders", Optional.empty(), Optional.empty()));
        assertEquals(List.of("RUN_ERROR"), events.names(), "A stream begins with its run, or with its error");
        assertEquals(reason.code(), events.only("RUN_ERROR").get("code").stringValue());
        assertEquals(reason.sentence(), events.only("RUN_ERROR").get("message").stringValue());
    }

    @Test
    void an_agent_that_one_may_talk_to_is_called() {
        ChatHouse house =
                new ChatHouse(People.directly(People.VIC), agent(Agent.Kind.PROMPT, Agent.Route.OAUTH, Set.of()));
        house.service.next(listener -> new Answered("r1"));

        assertFalse(house.say("list my orders").json().has("error"));
        assertEquals(1, house.service.asked().size());
    }

    @Test
    void a_stronger_sign_in_is_asked_for_with_its_claims_in_a_challenge() {
        house.service.exchange(new Delegation.StepUpNeeded(Optional.of(new ClaimsChallenge(CLAIMS))));

        Answer answer = house.say("list my orders");

        assertEquals(401, answer.status());
        String claims = new ClaimsChallenge(CLAIMS).base64();
        assertEquals(Optional.of(house.challenges.insufficientClaims(claims)), answer.header("WWW-Authenticate"));
        assertEquals(
                "Bearer error=\"insufficient_claims\", claims=\"" + claims
                        + "\", resource_metadata=\"http://localhost/meta\"",
                answer.header("WWW-Authenticate").orElseThrow());
        assertEquals("step_up_needed", answer.json().at("/error/reason").stringValue());
        assertFalse(answer.body().contains("acrs"), "For the client that signs in, not for whoever reads the answer");
    }

    @Test
    void a_stream_tells_the_claims_with_its_error() {
        house.service.exchange(new Delegation.StepUpNeeded(Optional.of(new ClaimsChallenge(CLAIMS))));

        CollectedEvents events = house.stream(new Ask.Say("list", Optional.empty(), Optional.empty()));

        JsonNode error = events.only("RUN_ERROR");
        assertEquals("step_up_needed", error.get("code").stringValue());
        assertEquals(new ClaimsChallenge(CLAIMS).base64(), error.get("claims").stringValue());
        assertEquals("corr-1", error.get("correlationId").stringValue());
    }

    @Test
    void where_the_claims_are_not_known_there_is_nothing_to_challenge_for() {
        house.service.exchange(new Delegation.StepUpNeeded(Optional.empty()));

        Answer answer = house.say("list my orders");

        assertEquals(200, answer.status());
        assertEquals(Optional.empty(), answer.header("WWW-Authenticate"));
        assertEquals("step_up_needed", answer.json().at("/error/reason").stringValue());
    }

    @ParameterizedTest
    @CsvSource({"PT7S, 7", "PT0.2S, 1", "PT1.001S, 2", "PT0S, 1"})
    void the_service_says_how_long_to_wait(Duration wait, String seconds) {
        house.service.exchange(new Delegation.Unavailable(Optional.of(wait)));

        Answer answer = house.say("list my orders");

        assertEquals(503, answer.status());
        assertEquals(Optional.of(seconds), answer.header("Retry-After"));
        assertEquals("agent_unavailable", answer.json().at("/error/reason").stringValue());
    }

    @Test
    void where_it_does_not_say_it_is_five_seconds() {
        house.service.exchange(new Delegation.Unavailable(Optional.empty()));

        assertEquals(Optional.of("5"), house.say("list my orders").header("Retry-After"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONSENT_NEEDED, 200, consent_of_administrator_needed",
        "ASSERTION_REJECTED, 401, sign_in_again",
        "NOT_ASSIGNED, 200, not_assigned",
        "MISCONFIGURED, 200, agent_misconfigured"
    })
    void why_there_is_no_token_is_told_by_what_can_be_done(Delegation.Failure failure, int status, String reason) {
        house.service.exchange(new Delegation.Refused(failure));

        Answer answer = house.say("list my orders");

        assertEquals(status, answer.status());
        assertEquals(reason, answer.json().at("/error/reason").stringValue());
        assertEquals(
                status == 401 ? Optional.of(house.challenges.invalidToken()) : Optional.empty(),
                answer.header("WWW-Authenticate"));
    }

    @Test
    void a_stream_is_interrupted_by_all_questions_at_once() {
        allowed();
        calls(new Call("call-1", "create-order", LAMP), new Call("call-2", "create-order", DESK));

        CollectedEvents events = house.stream(new Ask.Say("two orders", Optional.empty(), Optional.empty()));

        JsonNode finished = events.only("RUN_FINISHED");
        assertEquals("interrupt", finished.at("/outcome/type").stringValue());
        assertEquals(2, finished.at("/outcome/interrupts").size());
        JsonNode interrupt = finished.at("/outcome/interrupts/1");
        Approval second = house.orders.approvals().all().get(1);
        assertEquals(second.id().toString(), interrupt.get("id").stringValue());
        assertEquals("approval", interrupt.get("reason").stringValue());
        assertEquals(
                "orders-functions wants to call create-order for you.",
                interrupt.get("message").stringValue());
        assertEquals("Desk", interrupt.at("/metadata/after/product").stringValue());
        assertEquals(events.only("RUN_STARTED").get("threadId"), interrupt.at("/metadata/conversation_id"));
        assertEquals(
                List.of("RUN_STARTED", "RUN_FINISHED"),
                List.of(events.names().get(0), events.names().get(events.names().size() - 1)));
        assertTrue(events.names().indexOf("TOOL_CALL_END") > 0, "Calls that wait are ended before the run is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation_not_found", "agent_not_found"})
    void what_is_not_there_is_told_as_such(String reason) {
        Answer answer = reason.startsWith("agent")
                ? house.post("{\"message\":\"hello\",\"agent\":\"nobody\"}")
                : house.post("{\"message\":\"hello\",\"conversation_id\":\"00000000-0000-4000-8000-000000000000\"}");

        assertEquals(404, answer.status());
        assertEquals(reason, answer.reason());
    }

    @Test
    void an_agent_cannot_chat() {
        for (Caller caller : List.of(People.throughAssistant(People.ADA), People.inScript(People.ADA))) {
            house.current.become(caller);
            Answer refused = house.say("hello");
            assertEquals(403, refused.status());
            assertEquals("app_may_not_chat", refused.reason());
            assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        }
    }

    @Test
    void nothing_that_is_told_holds_a_token() {
        allowed();
        calls(new Call("call-1", "list-orders", Map.of()));
        answers("None.");
        CollectedEvents events = house.stream(new Ask.Say("list", Optional.empty(), Optional.empty()));
        calls(new Call("call-1", "list-orders", Map.of()));
        answers("None.");
        String all = house.say("list").body() + events.data() + house.told.lines() + house.conversations.allRuns();

        assertTrue(all.contains("https://ai.azure.com"), all);
        assertFalse(all.contains(ScriptedAgents.TOKEN), all);
        assertFalse(all.contains("token-of-"), all);
    }

    private void allowed() {
        house.consents.put(People.ADA, "orders-functions", Set.of(Scope.ORDERS_READ), Consent.ALLOWED);
    }

    private void calls(Call... calls) {
        house.service.next(listener -> new FunctionsCalled("r1", List.of(calls)));
    }

    private void answers(String text) {
        house.service.next(listener -> {
            listener.agentKnown("orders-functions", AgentMode.GUIDED);
            listener.text("m1", text);
            return new Answered("r2");
        });
    }

    private void approve(Approval approval, boolean yes) {
        assertInstanceOf(
                MyApprovals.Done.class,
                house.approvals.answer(People.directly(People.ADA), Door.REST, approval.id(), yes));
    }

    private static String conversation(Answer answer) {
        return answer.json().get("conversation_id").stringValue();
    }

    private static Agent agent(Agent.Kind kind, Agent.Route route, Set<String> asItself) {
        return new Agent(
                "partner",
                kind,
                route,
                Optional.of(new ClientId("partner-client")),
                new Grant(Set.of("list-orders"), asItself, Set.of()),
                Set.of(Scope.ORDERS_READ));
    }
}
