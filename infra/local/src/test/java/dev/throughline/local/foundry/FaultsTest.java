package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each ordered fault happens to one run, of a prompt agent and of a hosted one, and not to the next. */
class FaultsTest extends ProjectTest {

    @BeforeEach
    void allow() {
        project.allow("vic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void a_run_is_refused_with_its_status_and_code(String agent) {
        refused(agent, 401, "PermissionDenied", Fault.permissionDenied());
        refused(agent, 401, "401", Fault.unauthorized());
        refused(agent, 403, "forbidden", Fault.forbidden());
        refused(agent, 424, "session_not_ready", Fault.sessionNotReady());
        refused(agent, 500, "server_error", new Fault.Refused(500));
        refused(agent, 503, "server_error", new Fault.Refused(503));
        Reply limited = refused(agent, 429, "too_many_requests", Fault.rateLimited(Duration.ofSeconds(7)));
        assertEquals("7", limited.response().headers().firstValue("Retry-After").orElse(""));
    }

    private Reply refused(String agent, int status, String code, Fault fault) {
        project.foundry.failNext(fault);
        Reply refused = stream(agent);
        assertEquals(status, refused.status());
        assertEquals(code, refused.error());
        assertEquals("response.completed", last(stream(agent)));
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void an_answer_begins_late_or_comes_slowly(String agent) {
        project.foundry.failNext(new Fault.Slow(Duration.ofMillis(300)));
        assertTrue(millis(() -> stream(agent)) >= 300);
        project.foundry.failNext(new Fault.SlowEvents(Duration.ofMillis(60)));
        assertTrue(millis(() -> stream(agent)) >= 7 * 60);
    }

    private static long millis(Runnable task) {
        long begin = System.nanoTime();
        task.run();
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void a_stream_breaks_off(String agent) {
        project.foundry.failNext(new Fault.CutStream(2));
        assertThrows(UncheckedIOException.class, () -> stream(agent));
        project.foundry.failNext(new Fault.CutStream(2));
        assertThrows(UncheckedIOException.class, () -> whole(agent));
        assertEquals(200, whole(agent).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void an_event_is_no_json(String agent) {
        project.foundry.failNext(new Fault.MalformedEvent(2));
        String body = stream(agent).body();
        assertTrue(body.endsWith("data: {\"type\":\"response.output_te\n\n"), body);
        project.foundry.failNext(new Fault.MalformedEvent(0));
        assertFalse(whole(agent).body().endsWith("}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void a_page_comes_instead(String agent) {
        project.foundry.failNext(new Fault.WrongContentType("text/html"));
        Reply page = stream(agent);
        assertEquals(200, page.status());
        assertEquals(
                "text/html",
                page.response().headers().firstValue("Content-Type").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void an_error_event_ends_the_stream(String agent) {
        project.foundry.failNext(new Fault.ErrorEvent(3, "server_error", "Something broke."));
        Reply reply = stream(agent);
        assertEquals(4, reply.events().size());
        JsonNode error = reply.events().get(3);
        assertEquals("error", Json.text(error, "type"));
        assertEquals("server_error", Json.text(error, "code"));
        assertEquals(3, error.path("sequence_number").intValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void a_response_fails_with_an_error_object(String agent) {
        project.foundry.failNext(new Fault.FailedResponse("rate_limit_exceeded", "Slow down."));
        Reply reply = stream(agent);
        assertEquals(List.of("response.created", "response.in_progress", "response.failed"), reply.eventTypes());
        JsonNode response = reply.events().get(2).path("response");
        assertEquals("failed", Json.text(response, "status"));
        assertEquals("rate_limit_exceeded", Json.text(response.path("error"), "code"));
        project.foundry.failNext(new Fault.FailedResponse("server_error", "Broken."));
        assertEquals("failed", Json.text(whole(agent).json(), "status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void a_response_is_incomplete(String agent) {
        project.foundry.failNext(new Fault.IncompleteResponse("max_output_tokens"));
        Reply reply = stream(agent);
        JsonNode end = reply.events().get(reply.events().size() - 1);
        assertEquals("response.incomplete", Json.text(end, "type"));
        assertEquals("incomplete", Json.text(end.path("response"), "status"));
        assertEquals("max_output_tokens", Json.text(end.at("/response/incomplete_details"), "reason"));
        assertEquals(
                end.path("response"),
                project.get("/openai/v1/responses/" + Json.text(end.path("response"), "id"), project.token("vic"))
                        .json());
        project.foundry.failNext(new Fault.IncompleteResponse(""));
        assertTrue(whole(agent).json().at("/incomplete_details/reason").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void unknown_kinds_come_between_the_others(String agent) {
        project.foundry.failNext(new Fault.UnknownKinds());
        Reply reply = stream(agent);
        assertTrue(reply.eventTypes().contains("response.novelty.noticed"));
        List<JsonNode> events = reply.events();
        IntStream.range(0, events.size())
                .forEach(i ->
                        assertEquals(i, events.get(i).path("sequence_number").intValue()));
        JsonNode output = events.get(events.size() - 1).path("response").path("output");
        assertEquals("novel_item", Json.text(output.path(0), "type"));
        for (JsonNode event : events) {
            if (Json.text(event, "type").equals("response.output_item.done")) {
                assertEquals(
                        Json.text(output.path(event.path("output_index").intValue()), "id"),
                        Json.text(event.path("item"), "id"));
            }
        }
    }

    @Test
    void a_call_fails_in_each_form_that_its_error_has_had() {
        for (Fault.CallError form : Fault.CallError.values()) {
            project.foundry.failNext(new Fault.FailedCall(form));
            Reply reply = project.ask("vic", "show ORD-003");
            JsonNode call = reply.item("mcp_call");
            assertEquals("failed", Json.text(call, "status"));
            assertEquals(form == Fault.CallError.TEXT, call.path("error").isString());
            assertTrue(reply.text().startsWith("I could not show ORD-003."), reply.text());
        }
        assertEquals(List.of(), project.desk.calls);
        assertTrue(project.ask("vic", "show ORD-003").text().startsWith("ORD-003 is pending"));
    }

    @Test
    void a_call_is_given_up_after_its_time() {
        project.foundry.failNext(new Fault.ToolTimeout(Duration.ofMillis(100)));
        Reply reply = project.ask("vic", "show ORD-003");
        assertEquals(
                "The operation was canceled because the server did not answer in time.",
                Json.text(reply.item("mcp_call"), "error"));
        assertEquals(List.of(), project.desk.calls);
    }

    private Reply stream(String agent) {
        return project.ask("vic", OrdersProject.runOf(agent, "show ORD-003").put("stream", true));
    }

    private Reply whole(String agent) {
        return project.ask("vic", OrdersProject.runOf(agent, "show ORD-003"));
    }

    private static String last(Reply reply) {
        List<String> types = reply.eventTypes();
        return types.get(types.size() - 1);
    }
}
