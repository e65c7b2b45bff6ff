package dev.throughline.out.foundry;

import static dev.throughline.out.foundry.AgentGatewayContract.AGENT;
import static dev.throughline.out.foundry.AgentGatewayContract.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ApprovalAnswer;
import dev.throughline.conversation.AgentGateway.ApprovalAnswers;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionOutput;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.AgentGateway.Input;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import dev.throughline.out.http.WireServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How conversations begin, go on and are forgotten, under each setting. */
class ThreadsTest {
    private static final String PROJECT = "/api/projects/orders";
    private static final String AT_PROJECT = PROJECT + "/openai/v1";
    private static final String AT_AGENT = PROJECT + "/agents/orders-assistant/endpoint/protocols/openai";
    private static final String VERSION = "?api-version=v1";
    private static final Input MESSAGE = new Message("list my orders");

    private final WireServer server = new WireServer();
    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();

    /** A service that answers by method and address, and has nothing else. */
    @BeforeEach
    void serve() {
        server.answers(exchange -> {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (refused.containsKey(request)) {
                WireServer.send(exchange, refused.get(request), "application/json", "{}");
            } else if (kept.containsKey(request)) {
                WireServer.send(exchange, 200, "application/json", kept.get(request));
            } else if (request.startsWith("POST") && request.contains("/responses")) {
                WireServer.send(exchange, 200, "text/event-stream", Wire.answer());
            } else if (request.startsWith("POST") && request.contains("/conversations")) {
                WireServer.send(exchange, 200, "application/json", "{\"id\":\"conv_1\",\"object\":\"conversation\"}");
            } else if (request.startsWith("DELETE")) {
                WireServer.send(exchange, 200, "application/json", "{\"deleted\":true}");
            } else {
                WireServer.send(exchange, 404, "application/json", Wire.error("not_found", "Not found.", ""));
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECT, false, " + AT_PROJECT + "/responses, resp_1",
        "PROJECT, true, " + AT_PROJECT + "/responses, conversation:conv_1",
        "AGENT, false, " + AT_AGENT + "/responses" + VERSION + ", agent:orders-assistant:response:resp_1",
        "AGENT, true, " + AT_AGENT + "/responses" + VERSION + ", agent:orders-assistant:conversation:conv_1"
    })
    void a_conversation_begins_as_the_settings_say(
            Endpoint endpoint, boolean conversations, String address, String thread) {
        assertEquals(new Answered(thread), ask(endpoint, conversations, MESSAGE, Optional.empty()));

        List<WireServer.Request> requests = server.requests();
        WireServer.Request last = requests.get(requests.size() - 1);
        assertEquals("POST " + address, last.method() + " " + last.target());
        assertEquals(conversations ? 2 : 1, requests.size());
        if (conversations) {
            assertEquals("POST", requests.get(0).method());
            assertEquals(
                    address.replace("/responses", "/conversations"),
                    requests.get(0).target());
            assertEquals("{}", requests.get(0).body());
        }
        JsonObject body = body(last);
        assertEquals(endpoint == Endpoint.PROJECT, body.containsKey("agent_reference"));
        assertFalse(body.containsKey("agent"));
        assertFalse(body.containsKey("tools"));
        assertFalse(body.containsKey("previous_response_id"));
        assertEquals(conversations ? "conv_1" : "", body.getString("conversation", ""));
        server.requests().forEach(ThreadsTest::assertTokenInItsHeaderOnly);
    }

    @ParameterizedTest
    @CsvSource({
        "resp_0, " + AT_PROJECT + "/responses, previous_response_id, resp_0, resp_1",
        "conversation:conv_0, " + AT_PROJECT + "/responses, conversation, conv_0, conversation:conv_0",
        "agent:orders-assistant:response:resp_0, " + AT_AGENT + "/responses" + VERSION
                + ", previous_response_id, resp_0, agent:orders-assistant:response:resp_1",
        "agent:orders-assistant:conversation:conv_0, " + AT_AGENT + "/responses" + VERSION
                + ", conversation, conv_0, agent:orders-assistant:conversation:conv_0"
    })
    void a_conversation_goes_on_as_it_began_whatever_the_settings_say_now(
            String thread, String address, String member, String id, String next) {
        for (Endpoint endpoint : Endpoint.values()) {
            for (boolean conversations : List.of(false, true)) {
                server.requests().clear();
                assertEquals(new Answered(next), ask(endpoint, conversations, MESSAGE, Optional.of(thread)));
                assertEquals(1, server.requests().size());
                WireServer.Request request = server.requests().get(0);
                assertEquals(address, request.target());
                JsonObject body = body(request);
                assertEquals(id, body.getString(member));
                assertEquals(
                        1,
                        Stream.of("previous_response_id", "conversation")
                                .filter(body::containsKey)
                                .count());
            }
        }
    }

    @Test
    void answers_to_calls_are_sent_as_documented() {
        Input answers =
                new ApprovalAnswers(List.of(new ApprovalAnswer("mcpr_1", true), new ApprovalAnswer("mcpr_2", false)));
        ask(Endpoint.PROJECT, false, answers, Optional.of("resp_0"));
        assertSent("""
                {"input":[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},
                {"type":"mcp_approval_response","approval_request_id":"mcpr_2","approve":false}],
                "agent_reference":{"type":"agent_reference","name":"orders-assistant"},
                "stream":true,"store":true,"previous_response_id":"resp_0"}""");
    }

    @Test
    void outputs_of_functions_are_sent_as_documented() {
        Input outputs = new FunctionOutputs(List.of(new FunctionOutput("call_1", "{\"items\":[]}")));
        ask(Endpoint.PROJECT, false, outputs, Optional.of("conversation:conv_0"));
        assertSent("""
                {"input":[{"type":"function_call_output","call_id":"call_1","output":"{\\"items\\":[]}"}],
                "agent_reference":{"type":"agent_reference","name":"orders-assistant"},
                "stream":true,"store":true,"conversation":"conv_0"}""");
    }

    private void assertSent(String expected) {
        assertEquals(
                Json.createReader(new StringReader(expected)).readObject(),
                body(server.requests().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent:night-agent:response:resp_0", "../resp_0", "elsewhere:resp_0"})
    void what_belongs_to_another_agent_or_to_nobody_is_not_continued(String thread) {
        assertEquals(
                new Failed(RunFailure.CONVERSATION_GONE), ask(Endpoint.PROJECT, false, MESSAGE, Optional.of(thread)));
        assertEquals(List.of(), server.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void an_agent_without_a_name_is_not_asked(String agent) {
        assertEquals(
                new Failed(RunFailure.AGENT_MISCONFIGURED),
                gateway(Endpoint.AGENT, false)
                        .ask(new Question(agent, MESSAGE, Optional.empty()), token(), new Heard()));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void an_agents_name_leads_to_no_other_address() {
        gateway(Endpoint.AGENT, false).ask(new Question("../x?y#z", MESSAGE, Optional.empty()), token(), new Heard());
        assertEquals(
                PROJECT + "/agents/..%2Fx%3Fy%23z/endpoint/protocols/openai/responses" + VERSION,
                server.requests().get(0).target());
    }

    @Test
    void a_slash_at_the_end_of_the_project_does_not_matter() {
        new FoundryAgentGateway(new FoundrySettings(server.address(PROJECT + "/"), Endpoint.PROJECT, false))
                .ask(new Question(AGENT, MESSAGE, Optional.empty()), token(), new Heard());
        assertEquals(AT_PROJECT + "/responses", server.requests().get(0).target());
    }

    @ParameterizedTest
    @CsvSource({"401, SIGN_IN_AGAIN", "404, AGENT_MISCONFIGURED", "429, AGENT_UNAVAILABLE", "503, AGENT_UNAVAILABLE"})
    void nothing_is_asked_where_no_conversation_can_be_had(int status, RunFailure failure) {
        refused.put("POST " + AT_PROJECT + "/conversations", status);
        assertEquals(new Failed(failure), ask(Endpoint.PROJECT, true, MESSAGE, Optional.empty()));
        assertEquals(1, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "nonsense", "{\"id\":\"a/b\"}", "{\"id\":7}"})
    void a_conversation_without_a_usable_id_is_none(String body) {
        kept.put("POST " + AT_PROJECT + "/conversations", body);
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(Endpoint.PROJECT, true, MESSAGE, Optional.empty()));
    }

    @Test
    void a_conversation_that_hangs_on_a_call_which_was_never_answered_is_over() {
        server.answers(
                400,
                "application/json",
                Wire.error("invalid_payload", "No tool output found for function call call_1.", "input"));
        assertEquals(
                new Failed(RunFailure.CONVERSATION_GONE),
                ask(Endpoint.PROJECT, true, MESSAGE, Optional.of("conversation:conv_1")));
    }

    @ParameterizedTest
    @CsvSource({"resp_3, " + AT_PROJECT + ", ''", "agent:orders-assistant:response:resp_3, " + AT_AGENT + ", " + VERSION
    })
    void a_chain_is_forgotten_from_its_beginning(String thread, String place, String query) {
        keep(place, query, "resp_3", "resp_2");
        keep(place, query, "resp_2", "resp_1");
        keep(place, query, "resp_1", "");
        assertEquals(Optional.empty(), forget(thread));
        assertEquals(
                List.of("GET resp_3", "GET resp_2", "GET resp_1", "DELETE resp_1", "DELETE resp_2", "DELETE resp_3"),
                visited(place + "/responses/", query));
    }

    @Test
    void what_is_gone_already_is_no_hindrance() {
        assertEquals(Optional.empty(), forget("resp_3"));
        assertEquals(Optional.empty(), forget("conversation:conv_1"));
        keep(AT_PROJECT, "", "resp_3", "resp_2");
        refused.put("DELETE " + AT_PROJECT + "/responses/resp_2", 404);
        assertEquals(Optional.empty(), forget("resp_3"));
    }

    @Test
    void a_chain_that_goes_in_a_circle_is_forgotten_too() {
        keep(AT_PROJECT, "", "resp_2", "resp_1");
        keep(AT_PROJECT, "", "resp_1", "resp_2");
        assertEquals(Optional.empty(), forget("resp_2"));
        assertEquals(4, server.requests().size());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 503, AGENT_UNAVAILABLE",
        "DELETE, 503, AGENT_UNAVAILABLE",
        "DELETE, 429, AGENT_UNAVAILABLE",
        "GET, 401, SIGN_IN_AGAIN",
        "DELETE, 403, AGENT_MISCONFIGURED",
        "DELETE, 405, AGENT_MISCONFIGURED"
    })
    void what_cannot_be_forgotten_now_is_told_and_can_be_tried_again(String method, int status, RunFailure failure) {
        keep(AT_PROJECT, "", "resp_2", "resp_1");
        keep(AT_PROJECT, "", "resp_1", "");
        refused.put(method + " " + AT_PROJECT + "/responses/resp_1", status);
        assertEquals(Optional.of(failure), forget("resp_2"));
        assertFalse(visited(AT_PROJECT + "/responses/", "").contains("DELETE resp_2"));

        refused.clear();
        assertEquals(Optional.empty(), forget("resp_2"));
    }

    @Test
    void a_chain_longer_than_can_be_deleted_is_left_whole() {
        for (int i = 1_001; i > 0; i--) {
            keep(AT_PROJECT, "", "resp_" + i, "resp_" + (i - 1));
        }
        assertEquals(Optional.of(RunFailure.AGENT_FAILED), forget("resp_1001"));
        assertFalse(
                server.requests().stream().anyMatch(request -> request.method().equals("DELETE")));
    }

    @Test
    void a_conversation_is_forgotten_with_the_responses_that_made_it() {
        String items = "GET " + AT_PROJECT + "/conversations/conv_1/items?limit=100&order=asc";
        kept.put(items, """
                {"data":[{"id":"msg_1"},{"id":"mcp_1","response_id":"resp_1"},{"id":"msg_2","response_id":"resp_1"}],
                "last_id":"msg_2","has_more":true}""");
        kept.put(items + "&after=msg_2", """
                {"data":[{"id":"msg_4","response_id":"resp_2"},{"response_id":"a/b"},7],"last_id":"x","has_more":false}""");
        assertEquals(Optional.empty(), forget("conversation:conv_1"));
        assertEquals(
                List.of(
                        "GET conversations/conv_1/items?limit=100&order=asc",
                        "GET conversations/conv_1/items?limit=100&order=asc&after=msg_2",
                        "DELETE responses/resp_1",
                        "DELETE responses/resp_2",
                        "DELETE conversations/conv_1"),
                visited(AT_PROJECT + "/", ""));
        server.requests().forEach(ThreadsTest::assertTokenInItsHeaderOnly);
    }

    @Test
    void what_nobody_could_have_kept_is_not_asked_for() {
        assertEquals(Optional.of(RunFailure.AGENT_MISCONFIGURED), forget("../secrets"));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void a_service_that_is_away_forgets_nothing() {
        server.close();
        assertEquals(Optional.of(RunFailure.AGENT_UNAVAILABLE), forget("resp_1"));
    }

    private void keep(String place, String query, String id, String previous) {
        String before = previous.isEmpty() ? "null" : "\"" + previous + "\"";
        kept.put(
                "GET " + place + "/responses/" + id + query,
                "{\"id\":\"" + id + "\",\"object\":\"response\",\"previous_response_id\":" + before + "}");
    }

    private List<String> visited(String prefix, String query) {
        return server.requests().stream()
                .map(request -> request.method() + " "
                        + request.target().replace(prefix, "").replace(query, ""))
                .toList();
    }

    private Outcome ask(Endpoint endpoint, boolean conversations, Input input, Optional<String> continues) {
        return gateway(endpoint, conversations).ask(new Question(AGENT, input, continues), token(), new Heard());
    }

    private Optional<RunFailure> forget(String thread) {
        return gateway(Endpoint.PROJECT, false).forget(thread, token());
    }

    private FoundryAgentGateway gateway(Endpoint endpoint, boolean conversations) {
        return new FoundryAgentGateway(new FoundrySettings(server.address(PROJECT), endpoint, conversations));
    }

    private static JsonObject body(WireServer.Request request) {
        return Json.createReader(new StringReader(request.body())).readObject();
    }

    private static void assertTokenInItsHeaderOnly(WireServer.Request request) {
        assertEquals("Bearer the-delegated-token", request.headers().get("authorization"));
        request.headers().remove("authorization");
        assertFalse(request.toString().contains("the-delegated-token"), request.toString());
    }
}
