package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.ToolCall;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.local.LocalPorts;
import dev.throughline.out.LogLines;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import dev.throughline.out.http.WireServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks recorded events. */
class FoundryAgentGatewayTest extends AgentGatewayContract {
    private final WireServer server = new WireServer();
    private final AgentGateway gateway = new FoundryAgentGateway(new FoundrySettings(
            server.address("/api/projects/orders"),
            Endpoint.PROJECT,
            false,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    AgentGateway gateway() {
        return gateway;
    }

    @Override
    void answerNext() {
        streams(Wire.answer());
    }

    @Override
    void askForConsentNext() {
        streams(Wire.stream(Wire.CREATED, Wire.added(Wire.CONSENT_ITEM), Wire.done(Wire.CONSENT_ITEM), Wire.COMPLETED));
    }

    @Override
    void askForApprovalsNext() {
        streams(Wire.approvals());
    }

    @Override
    void callFunctionsNext() {
        streams(Wire.functions());
    }

    @Override
    void forgetNext() {
        server.answers(200, "application/json", "{\"id\":\"resp_1\",\"previous_response_id\":null}");
    }

    @Override
    void failNext(RunFailure failure) {
        switch (failure) {
            case SIGN_IN_AGAIN -> refuses(401, Wire.error("401", "Unauthorized. Access token is missing", ""));
            case STEP_UP_NEEDED ->
                server.answers(exchange -> {
                    exchange.getResponseHeaders()
                            .set("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"e30=\"");
                    WireServer.send(exchange, 401, "application/json", "{}");
                });
            case NOT_ASSIGNED -> refuses(401, Wire.error("PermissionDenied", "The principal lacks it", ""));
            case AGENT_MISCONFIGURED -> refuses(400, Wire.error("invalid_payload", "No", "agent"));
            case AGENT_UNAVAILABLE -> refuses(503, "busy");
            case AGENT_FAILED -> streams(Wire.stream(Wire.CREATED, Wire.ofResponse("failed", "failed")));
            case CONVERSATION_GONE -> refuses(404, Wire.error("not_found", "Response with id 'x' not found.", ""));
            case CONSENT_LINK_REFUSED ->
                streams(Wire.stream(
                        Wire.CREATED,
                        Wire.done(Wire.CONSENT_ITEM.replace(LINK.toString(), "javascript:alert(1)")),
                        Wire.COMPLETED));
            default -> throw new AssertionError(failure);
        }
    }

    private void streams(String events) {
        server.answers(200, "text/event-stream; charset=utf-8", events);
    }

    private void refuses(int status, String body) {
        server.answers(status, "application/json", body);
    }

    @Test
    void a_turn_is_asked_for_as_documented() {
        answerNext();
        gateway.ask(new Question(AGENT, new Message("Größe \"L\"?"), Optional.of("resp_0")), token(), heard);
        WireServer.Request request = server.requests().get(0);
        assertEquals("POST /api/projects/orders/openai/v1/responses", request.method() + " " + request.target());
        assertEquals("application/json", request.headers().get("content-type"));
        assertEquals("text/event-stream, application/json", request.headers().get("accept"));
        String expected = """
                {"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Größe \\"L\\"?"}]}],
                "agent_reference":{"type":"agent_reference","name":"orders-assistant"},
                "stream":true,"store":true,"previous_response_id":"resp_0"}""";
        assertEquals(
                Json.createReader(new StringReader(expected)).readObject(),
                Json.createReader(new StringReader(request.body())).readObject());
    }

    @Test
    void the_first_turn_of_a_conversation_continues_nothing() {
        answerNext();
        ask(heard);
        assertFalse(server.requests().get(0).body().contains("previous_response_id"));
    }

    @Test
    void the_delegated_token_leaves_as_bearer_and_nowhere_else() {
        answerNext();
        ask(heard);
        WireServer.Request request = server.requests().get(0);
        assertEquals("Bearer the-delegated-token", request.headers().get("authorization"));
        assertFalse((request.target() + request.body()).contains("the-delegated-token"));
        request.headers().remove("authorization");
        assertFalse(request.headers().toString().contains("the-delegated-token"));
    }

    @Test
    void the_token_is_asked_for_foundry() {
        assertEquals("https://ai.azure.com", gateway.audience());
    }

    @Test
    void a_token_is_never_sent_in_the_clear_to_another_machine() {
        URI plain = URI.create("http://a.services.ai.azure.com/api/projects/p");
        assertThrows(IllegalArgumentException.class, () -> new FoundrySettings(plain, Endpoint.PROJECT, false));
    }

    @ParameterizedTest
    @CsvSource({"guided, guided", "gpt-5, model", "'', model"})
    void the_agent_is_told_once_with_what_answers_behind_it(String model, String mode) {
        streams(Wire.stream(Wire.ofModel(model), Wire.ofModel(model), Wire.delta("Hi"), Wire.COMPLETED));
        ask(heard);
        assertEquals(List.of("agent orders-assistant " + mode, "text msg_1"), heard.events);
    }

    @Test
    void an_agent_that_the_service_does_not_name_is_not_told() {
        streams(Wire.stream("{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\"}}"));
        assertEquals(new Answered("resp_1"), ask(heard));
        assertEquals(List.of(), heard.events);
    }

    @Test
    void what_we_do_not_know_is_passed_over() {
        streams(Wire.stream(
                Wire.CREATED,
                "{\"type\":\"response.something_new\",\"response\":7}",
                "{\"type\":\"response.reasoning.delta\",\"delta\":{\"text\":\"hm\"}}",
                "{\"no\":\"type\"}",
                "[DONE]",
                Wire.added("{\"type\":\"brand_new_item\",\"id\":7}"),
                Wire.added("\"no object\""),
                Wire.delta("Hi"),
                Wire.COMPLETED));
        assertEquals(new Answered("resp_1"), ask(heard));
        assertEquals("Hi", heard.text.toString());
    }

    @Test
    void a_message_without_pieces_is_told_whole() {
        streams(Wire.stream(
                Wire.CREATED,
                Wire.done(
                        "{\"id\":\"msg_7\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"},"
                                + "{\"type\":\"refusal\",\"refusal\":\", no\"}]}"),
                Wire.COMPLETED));
        ask(heard);
        assertEquals("Hi, no", heard.text.toString());
    }

    @Test
    void a_refusal_of_the_model_is_part_of_its_answer() {
        streams(Wire.stream(
                Wire.CREATED,
                "{\"type\":\"response.refusal.delta\",\"item_id\":\"msg_1\",\"delta\":\"I cannot help with that.\"}",
                Wire.COMPLETED));
        ask(heard);
        assertEquals("I cannot help with that.", heard.text.toString());
    }

    @Test
    void a_tool_call_that_is_only_told_when_done_is_still_started_first() {
        streams(Wire.stream(Wire.CREATED, Wire.done(Wire.call("\"{}\"", "\"status\":\"completed\"")), Wire.COMPLETED));
        ask(heard);
        assertEquals(
                List.of("agent orders-assistant guided", "started mcp_1 list-orders", "finished mcp_1"), heard.events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":\"completed\",\"output\":\"ok\",\"error\":null | true | ok",
                "\"output\":\"ok\" | true | ok",
                "\"status\":\"completed\",\"output\":{\"a\":1} | true | {\"a\":1}",
                "\"status\":\"failed\",\"error\":\"it broke\" | false | it broke",
                "\"status\":\"completed\",\"error\":\"it broke\" | false | it broke",
                "\"status\":\"failed\",\"error\":{\"type\":\"http_error\",\"code\":403,\"message\":\"Forbidden\"} | false | Forbidden",
                "\"status\":\"failed\",\"error\":{\"type\":\"mcp_tool_execution_error\",\"content\":[{\"type\":\"text\",\"text\":\"No such order\"}]} | false | No such order",
                "\"status\":\"failed\",\"error\":{\"type\":\"else\"} | false | {\"type\":\"else\"}",
                "\"status\":\"failed\",\"error\":{\"type\":\"mcp_protocol_error\",\"code\":-32602,\"message\":\"Invalid params\"} | false | Invalid params",
                "\"status\":\"failed\",\"error\":{\"type\":\"mcp_tool_execution_error\",\"content\":\"No such order\"} | false | No such order",
                "\"status\":\"in_progress\",\"output\":\"half\" | false | half",
                "\"status\":\"calling\",\"output\":\"half\" | false | half",
                "\"status\":\"incomplete\",\"output\":\"half\" | false | half"
            })
    void a_tool_call_went_through_only_if_the_service_says_so(String members, boolean completed, String output) {
        streams(Wire.stream(Wire.CREATED, Wire.done(Wire.call("\"{}\"", members)), Wire.COMPLETED));
        ask(heard);
        ToolCall call = heard.calls.get(0);
        assertEquals(completed, call.completed());
        assertEquals(Optional.of(output), call.output());
    }

    @Test
    void arguments_become_plain_values() {
        String arguments = "\"{\\\"a\\\":[1,2.5,true,null,\\\"x\\\"],\\\"b\\\":{\\\"c\\\":12345678901234567890}}\"";
        streams(Wire.stream(Wire.CREATED, Wire.done(Wire.call(arguments, "\"status\":\"completed\"")), Wire.COMPLETED));
        ask(heard);
        assertEquals(
                Map.of(
                        "a", Arrays.asList(1L, new BigDecimal("2.5"), true, null, "x"),
                        "b", Map.of("c", new BigDecimal("12345678901234567890"))),
                heard.calls.get(0).arguments());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"[1]\"", "\"{broken\"", "\"nonsense\"", "\"{\\\"a\\\":1,\\\"a\\\":2}\""})
    void arguments_that_are_no_object_are_not_taken_for_none(String arguments) {
        streams(Wire.stream(Wire.CREATED, Wire.done(Wire.call(arguments, "\"status\":\"completed\"")), Wire.COMPLETED));
        ask(heard);
        assertEquals(1, heard.calls.get(0).arguments().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"added", "done", "event"})
    void a_wish_for_consent_is_heard_in_each_of_its_forms(String form) {
        String asked = switch (form) {
            case "added" -> Wire.added(Wire.CONSENT_ITEM);
            case "done" -> Wire.done(Wire.CONSENT_ITEM);
            default -> Wire.CONSENT_ITEM.replace("oauth_consent_request", "response.oauth_consent_requested");
        };
        for (String end : List.of(Wire.COMPLETED, Wire.INCOMPLETE)) {
            streams(Wire.stream(Wire.CREATED, asked, end));
            assertEquals(new ConsentRequested("resp_1", "oauthreq_1", LINK), ask(heard));
        }
        streams(Wire.stream(Wire.CREATED, asked));
        assertEquals(new ConsentRequested("resp_1", "oauthreq_1", LINK), ask(heard));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "javascript:alert(1)", "data:text/html,x", "not an address", "https:", "//no.scheme/"})
    void a_consent_link_that_is_no_web_address_is_refused(String link) {
        streams(Wire.stream(Wire.CREATED, Wire.done(Wire.CONSENT_ITEM.replace(LINK.toString(), link)), Wire.COMPLETED));
        assertEquals(new Failed(RunFailure.CONSENT_LINK_REFUSED), ask(heard));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, agent, AGENT_MISCONFIGURED",
        "400, conversation_locked, conversation, AGENT_UNAVAILABLE",
        "400, tool_user_error, '', AGENT_FAILED",
        "400, previous_response_not_found, previous_response_id, CONVERSATION_GONE",
        "401, PermissionDenied, '', NOT_ASSIGNED",
        "401, 401, '', SIGN_IN_AGAIN",
        "403, PermissionDenied, '', NOT_ASSIGNED",
        "403, forbidden, '', AGENT_MISCONFIGURED",
        "404, not_found, '', CONVERSATION_GONE",
        "404, not_found, agent_reference, AGENT_MISCONFIGURED",
        "413, too_large, '', AGENT_MISCONFIGURED",
        "424, session_not_ready, '', AGENT_UNAVAILABLE",
        "424, tool_user_error, '', AGENT_FAILED",
        "424, failed_dependency, '', AGENT_FAILED",
        "408, timeout, '', AGENT_UNAVAILABLE",
        "409, conflict, '', AGENT_UNAVAILABLE",
        "429, rate_limit_exceeded, '', AGENT_UNAVAILABLE",
        "500, server_error, '', AGENT_UNAVAILABLE",
        "503, '', '', AGENT_UNAVAILABLE",
        "307, '', '', AGENT_MISCONFIGURED"
    })
    void every_refusal_is_told_by_what_a_person_can_do_about_it(
            int status, String code, String param, RunFailure failure) {
        refuses(status, Wire.error(code, "Something about the thing", param));
        Question question = new Question(AGENT, new Message("list my orders"), Optional.of("resp_0"));
        assertEquals(new Failed(failure), gateway.ask(question, token(), heard));
        assertEquals(1, server.requests().size());
    }

    @Test
    void a_refusal_may_be_a_text_alone_or_no_json_at_all() {
        refuses(400, "{\"error\":\"No\"}");
        assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), ask(heard));
        refuses(400, "{\"code\":\"tool_user_error\",\"message\":\"The tool server is away\"}");
        assertEquals(new Failed(RunFailure.AGENT_FAILED), ask(heard));
        refuses(502, "<html>Bad gateway</html>");
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @Test
    void a_refusal_for_too_many_requests_is_not_repeated_and_says_when_in_the_log() {
        try (LogLines log = new LogLines()) {
            server.answers(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                WireServer.send(exchange, 429, "application/json", Wire.error("too_many_requests", "Slow down", ""));
            });
            assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE, Optional.of(Duration.ofSeconds(7))), ask(heard));
            assertTrue(log.text().contains("HTTP 429, code too_many_requests, request id , retry after 7"), log.text());
        }
        assertEquals(1, server.requests().size());
    }

    @Test
    void a_token_that_is_none_is_neither_sent_nor_told() {
        try (LogLines log = new LogLines()) {
            DelegatedToken odd = new DelegatedToken(
                    "marker-of-a-token\nX-Other: 1",
                    new ClientId("our-client"),
                    "https://ai.azure.com",
                    Set.of(),
                    Instant.now().plusSeconds(60));
            Question question = new Question(AGENT, new Message("hello"), Optional.empty());
            assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), gateway.ask(question, odd, heard));
            assertEquals(Optional.of(RunFailure.AGENT_MISCONFIGURED), gateway.forget("resp_1", odd));
            assertFalse((log.text() + odd + gateway).contains("marker"), log.text());
        }
        assertEquals(List.of(), server.requests());
    }

    @Test
    void a_refusal_is_logged_by_its_code_and_without_tokens_or_texts() {
        try (LogLines log = new LogLines()) {
            refuses(401, Wire.error("PermissionDenied", "The principal marker-of-the-person lacks it", ""));
            ask(heard);
            refuses(400, Wire.error("forged\\nline", "marker-of-the-text", ""));
            ask(heard);
            assertTrue(log.text().contains("NOT_ASSIGNED, HTTP 401, code PermissionDenied"), log.text());
            assertFalse(log.text().contains("marker"), log.text());
            assertFalse(log.text().contains("forged"), log.text());
            assertFalse(log.text().contains("the-delegated-token"), log.text());
        }
    }

    @Test
    void what_is_not_there_at_the_start_of_a_conversation_is_the_agent() {
        refuses(404, Wire.error("not_found", "It is not there", ""));
        assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), ask(heard));
    }

    @ParameterizedTest
    @CsvSource({"rate_limit_exceeded, AGENT_UNAVAILABLE", "tool_user_error, AGENT_FAILED", "whatever, AGENT_FAILED"})
    void an_error_in_the_stream_ends_the_turn(String code, RunFailure failure) {
        streams(Wire.stream(
                Wire.CREATED,
                "{\"type\":\"error\",\"code\":\"" + code + "\",\"message\":\"secret text\"}",
                Wire.COMPLETED));
        assertEquals(new Failed(failure), ask(heard));
    }

    @Test
    void an_error_in_the_stream_may_be_in_a_member_of_its_own() {
        streams(Wire.stream(
                Wire.CREATED,
                "{\"type\":\"error\",\"error\":{\"code\":\"server_error\",\"message\":\"secret text\"}}"));
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @ParameterizedTest
    @CsvSource({"server_error, AGENT_UNAVAILABLE", "tool_user_error, AGENT_FAILED", "content_filter, AGENT_FAILED"})
    void a_response_that_fails_ends_the_turn(String code, RunFailure failure) {
        streams(Wire.stream(
                Wire.CREATED,
                Wire.ofResponse("failed", "failed")
                        .replace(
                                "\"error\":null",
                                "\"error\":{\"code\":\"" + code + "\",\"message\":\"secret text\"}")));
        assertEquals(new Failed(failure), ask(heard));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "max_output_tokens", "content_filter"})
    void an_answer_that_stays_incomplete_is_none(String reason) {
        try (LogLines log = new LogLines()) {
            streams(Wire.stream(
                    Wire.CREATED,
                    Wire.delta("You ha"),
                    Wire.INCOMPLETE.replace(
                            "\"error\":null", "\"incomplete_details\":{\"reason\":\"" + reason + "\"}")));
            assertEquals(new Failed(RunFailure.AGENT_FAILED), ask(heard));
            assertTrue(log.text().contains("incomplete " + reason), log.text());
        }
    }

    @Test
    void a_list_of_tools_that_cannot_be_had_ends_nothing_and_is_logged_without_its_text() {
        try (LogLines log = new LogLines()) {
            streams(Wire.stream(
                    Wire.CREATED,
                    "{\"type\":\"response.mcp_list_tools.failed\",\"item_id\":\"mcpl_1\",\"output_index\":0}",
                    Wire.done("{\"id\":\"mcpl_1\",\"type\":\"mcp_list_tools\",\"tools\":[],\"error\":{\"code\":403,"
                            + "\"message\":\"secret text\"}}"),
                    Wire.delta("I have no tools."),
                    Wire.COMPLETED));
            assertEquals(new Answered("resp_1"), ask(heard));
            assertTrue(log.text().contains("could not list the tools of an agent: 403"), log.text());
            assertFalse(log.text().contains("secret"), log.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e-2147483649", "11111111111111111111e2147483647"})
    void numbers_beyond_measure_in_an_event_are_an_outage_or_nothing(String number) {
        streams(Wire.stream(
                Wire.CREATED,
                "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":" + number
                        + ",\"delta\":\"Hi\"}",
                Wire.COMPLETED));
        AgentGateway.Outcome outcome = ask(heard);
        assertTrue(
                List.of(new Failed(RunFailure.AGENT_UNAVAILABLE), new Answered("resp_1"))
                        .contains(outcome),
                outcome.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome to the hotel</html>", "{}"})
    void an_answer_that_is_no_stream_is_none(String body) {
        server.answers(200, "text/html", body);
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"type\":\"response.created\"\n\n", "data: {broken}\n\n", "garbage\n\n"})
    void a_stream_of_garbage_or_nothing_is_an_outage(String events) {
        streams(events);
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @Test
    void a_stream_that_ends_too_early_is_an_outage() {
        String whole = Wire.answer();
        streams(whole.substring(0, whole.indexOf("event: response.completed")));
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
        assertEquals("You have one order.", heard.text.toString());
    }

    @Test
    void a_connection_that_breaks_is_an_outage() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 100_000);
            exchange.getResponseBody().write(Wire.stream(Wire.CREATED).getBytes(StandardCharsets.UTF_8));
        });
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @Test
    void an_event_that_is_too_long_is_an_outage() {
        streams(Wire.stream(Wire.CREATED) + "data: " + "x".repeat(1024 * 1024 + 1));
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
    }

    @Test
    void a_service_that_does_not_begin_in_time_is_given_up() {
        server.answers(exchange -> Thread.sleep(10_000));
        assertGivenUpWithin(Duration.ofSeconds(3));
    }

    @Test
    void a_service_that_begins_and_says_nothing_is_given_up() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            Thread.sleep(10_000);
        });
        assertGivenUpWithin(Duration.ofSeconds(3));
    }

    @Test
    void a_turn_that_does_not_end_is_given_up_however_busy_it_is() {
        endless();
        assertGivenUpWithin(Duration.ofSeconds(6));
        assertTrue(heard.events.size() > 2);
    }

    @Test
    void a_turn_in_which_nothing_is_heard_is_given_up_before_its_time_is_over() {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Wire.stream(Wire.CREATED).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            Thread.sleep(10_000);
        });
        AgentGateway patient = new FoundryAgentGateway(new FoundrySettings(
                server.address("/api/projects/orders"),
                Endpoint.PROJECT,
                false,
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofMinutes(5)));
        Question question = new Question(AGENT, new Message("hello"), Optional.empty());
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), patient.ask(question, token(), heard));
    }

    @Test
    void the_usual_patience_outlasts_a_tool_that_the_service_gives_up_and_ends_before_the_chats_own() {
        FoundrySettings usual =
                new FoundrySettings(URI.create("https://a.example/api/projects/p"), Endpoint.PROJECT, false);
        Duration longestTool = Duration.ofSeconds(100);
        assertTrue(usual.silence().compareTo(longestTool) > 0);
        assertTrue(usual.turn().compareTo(usual.silence()) > 0);
        assertTrue(usual.turn().compareTo(Duration.ofSeconds(150)) < 0, "The chat ends a run after 150 seconds");
    }

    @Test
    void a_service_that_is_away_is_an_outage() {
        AgentGateway away = new FoundryAgentGateway(new FoundrySettings(
                URI.create("http://localhost:" + LocalPorts.free().foundry() + "/api/projects/orders"),
                Endpoint.PROJECT,
                false));
        assertEquals(
                new Failed(RunFailure.AGENT_UNAVAILABLE),
                away.ask(new Question(AGENT, new Message("hello"), Optional.empty()), token(), heard));
    }

    @Test
    void a_listener_that_fails_ends_the_turn_upstream() throws Exception {
        CountDownLatch gone = endless();
        AgentGateway.Listener fragile = new ListenerOfText(text -> {
            throw new IllegalStateException("the browser is gone");
        });
        assertThrows(IllegalStateException.class, () -> ask(fragile));
        assertTrue(gone.await(10, TimeUnit.SECONDS));
    }

    @Test
    void an_interrupt_ends_the_turn_and_stays_known() throws Exception {
        CountDownLatch gone = endless();
        Thread.currentThread().interrupt();
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(heard));
        assertTrue(Thread.interrupted());
        assertTrue(server.requests().isEmpty() || gone.await(10, TimeUnit.SECONDS));
    }

    @Test
    void an_interrupt_in_the_middle_of_a_turn_ends_it_upstream() throws Exception {
        CountDownLatch gone = endless();
        CountDownLatch begun = new CountDownLatch(1);
        AgentGateway.Listener listening = new ListenerOfText(text -> begun.countDown());
        AtomicReference<AgentGateway.Outcome> outcome = new AtomicReference<>();
        Thread asking = new Thread(() -> outcome.set(ask(listening)));
        asking.start();
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        asking.interrupt();
        assertTrue(gone.await(10, TimeUnit.SECONDS));
        asking.join(10_000);
        assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), outcome.get());
    }

    private void assertGivenUpWithin(Duration time) {
        long begin = System.nanoTime();
        Failed failed = assertInstanceOf(Failed.class, ask(heard));
        assertEquals(RunFailure.AGENT_UNAVAILABLE, failed.failure());
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(time) < 0);
    }

    /** A turn that goes on until the client is gone. */
    private CountDownLatch endless() {
        CountDownLatch gone = new CountDownLatch(1);
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(Wire.stream(Wire.CREATED).getBytes(StandardCharsets.UTF_8));
                while (true) {
                    body.write(Wire.stream(Wire.delta("on ")).getBytes(StandardCharsets.UTF_8));
                    body.flush();
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                gone.countDown();
                throw e;
            }
        });
        return gone;
    }
}
