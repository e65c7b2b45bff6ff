package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.DenyReason;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.http.Problem;
import dev.throughline.in.refusal.Refusals;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventStreamTest {
    private final CollectedEvents events = new CollectedEvents();
    private final EventStream stream =
            new EventStream(events, "corr-1", Refusals::words, Clock.fixed(Turns.NOW, ZoneOffset.UTC));

    @Test
    void a_turn_is_told_in_the_order_in_which_it_happens() {
        Turns.answered(stream);

        assertEquals(
                List.of(
                        "RUN_STARTED",
                        "CUSTOM",
                        "CUSTOM",
                        "TOOL_CALL_START",
                        "TOOL_CALL_ARGS",
                        "TOOL_CALL_END",
                        "TOOL_CALL_RESULT",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "RUN_FINISHED"),
                events.names());
    }

    @Test
    void events_have_the_members_of_ag_ui() {
        Turns.answered(stream);

        List<String> data = events.data();
        assertEquals(
                "{\"type\":\"RUN_STARTED\",\"threadId\":\"" + Turns.CONVERSATION + "\",\"runId\":\"run-1\"}",
                data.get(0));
        assertEquals(
                "{\"type\":\"CUSTOM\",\"name\":\"agent\","
                        + "\"value\":{\"name\":\"orders-assistant\",\"mode\":\"guided\"}}",
                data.get(1));
        assertEquals(
                "{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"call-1\",\"toolCallName\":\"list-orders\"}",
                data.get(3));
        assertEquals(
                "{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"call-1\",\"delta\":\"{\\\"limit\\\":5}\"}", data.get(4));
        assertEquals("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"Two \"}", data.get(8));
        assertEquals(
                "{\"type\":\"RUN_FINISHED\",\"threadId\":\"" + Turns.CONVERSATION
                        + "\",\"runId\":\"run-1\",\"outcome\":{\"type\":\"success\"}}",
                data.get(14));
        assertEquals("tool", events.only("TOOL_CALL_RESULT").get("role").stringValue());
        assertEquals("[\"x\"]", events.only("TOOL_CALL_RESULT").get("content").stringValue());
        assertEquals("completed", events.only("TOOL_CALL_RESULT").get("status").stringValue());
    }

    @Test
    void a_tool_call_that_failed_is_told_as_failed() {
        stream.started(Turns.CONVERSATION, "run-1");
        stream.toolFinished(new ToolCall("call-1", "delete-order", Map.of("id", "ORD-008"), false, Optional.of("No.")));

        assertEquals("failed", events.only("TOOL_CALL_RESULT").get("status").stringValue());
    }

    @Test
    void what_is_open_is_ended_before_a_run_that_breaks() {
        stream.started(Turns.CONVERSATION, "run-1");
        stream.toolStarted("call-1", "list-orders");
        stream.text("message-1", "There");
        stream.failed(FailedRun.because(RunFailure.AGENT_UNAVAILABLE));

        assertEquals(
                List.of("TEXT_MESSAGE_END", "TOOL_CALL_END", "RUN_ERROR"),
                events.names().subList(events.names().size() - 3, events.names().size()));
    }

    @Test
    void a_consent_interrupts_the_run() {
        Turns.waiting(stream);

        assertEquals(
                "{\"type\":\"interrupt\",\"interrupts\":[{\"id\":\"consent-1\",\"reason\":\"consent\","
                        + "\"message\":\"orders-assistant asks to use the order desk in your name.\","
                        + "\"metadata\":{\"agent\":\"orders-assistant\","
                        + "\"scopes\":[\"Orders.Read\",\"Orders.Write\"],"
                        + "\"consent_link\":\"http://localhost:9181/consent?data=1\"}}]}",
                events.only("RUN_FINISHED").get("outcome").toString());
    }

    @Test
    void several_approvals_and_consents_interrupt_the_run_together() {
        Turns.begun(stream);
        stream.waits(new Asked(List.of(Turns.question(1), Turns.question(2)), List.of(Turns.OURS, Turns.ELSEWHERE)));

        JsonNode outcome = events.only("RUN_FINISHED").get("outcome");
        assertEquals("interrupt", outcome.get("type").stringValue());
        assertEquals(
                List.of("approval", "approval", "consent", "consent"),
                outcome.get("interrupts")
                        .valueStream()
                        .map(one -> one.get("reason").stringValue())
                        .toList());
        assertEquals(
                "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"reason\":\"approval\","
                        + "\"message\":\"orders-functions wants to call create-order for you.\",\"metadata\":{"
                        + "\"id\":\"00000000-0000-0000-0000-000000000001\",\"agent\":\"orders-functions\","
                        + "\"tool\":\"create-order\",\"arguments\":{\"quantity\":1},\"before\":null,"
                        + "\"after\":{\"quantity\":1},\"expires_at\":\"2026-11-21T08:05:00Z\","
                        + "\"state\":\"pending\",\"conversation_id\":\"" + Turns.CONVERSATION + "\"}}",
                outcome.at("/interrupts/0").toString());
        assertEquals(
                "{\"agent\":\"orders-functions\",\"scopes\":[\"Orders.Read\"]}",
                outcome.at("/interrupts/2/metadata").toString(),
                "Ours has no link");
    }

    @Test
    void a_run_that_is_refused_before_it_starts_is_an_error_and_nothing_else() {
        stream.hop(Turns.REPORTED);
        stream.refused(new Deny(DenyReason.CONSENT_REVOKED));

        assertEquals(List.of("RUN_ERROR"), events.names());
        assertEquals(
                "{\"type\":\"RUN_ERROR\",\"message\":\"" + DenyReason.CONSENT_REVOKED.sentence()
                        + "\",\"code\":\"consent_revoked\",\"correlationId\":\"corr-1\"}",
                events.only("RUN_ERROR").toString());
    }

    @Test
    void every_event_is_one_line() {
        Turns.begun(stream);
        stream.text("m1", "a\nb\r\nc");

        events.data().forEach(line -> assertFalse(line.contains("\n") || line.contains("\r"), line));
    }

    @Test
    void a_tool_call_that_was_never_finished_is_ended_before_the_run() {
        Turns.begun(stream);
        stream.toolStarted("call-1", "get-order");
        stream.finished();

        assertEquals(
                List.of("TOOL_CALL_START", "TOOL_CALL_END", "RUN_FINISHED"),
                events.names().subList(3, 6));
    }

    @Test
    void a_failure_is_an_error_that_can_be_acted_on() {
        Turns.begun(stream);
        stream.failed(FailedRun.because(RunFailure.AGENT_UNAVAILABLE));

        assertEquals(
                "{\"type\":\"RUN_ERROR\",\"message\":\"" + RunFailure.AGENT_UNAVAILABLE.sentence()
                        + "\",\"code\":\"agent_unavailable\",\"correlationId\":\"corr-1\"}",
                events.only("RUN_ERROR").toString());
    }

    @Test
    void a_run_has_one_end() {
        Turns.answered(stream);
        int told = events.names().size();

        stream.broken(Problem.internal());

        assertEquals(told, events.names().size());
    }

    @Test
    void a_client_that_has_gone_ends_the_run() {
        events.leaveAfter(4);

        assertThrows(ClientGoneException.class, () -> Turns.answered(stream));
        assertTrue(events.names().size() <= 4);
    }
}
