package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.DenyReason;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.in.http.Json;
import dev.throughline.in.refusal.Refusals;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerCollectorTest {
    private static final String BEGIN = "{\"conversation_id\":\"00000000-0000-0000-0000-000000000007\","
            + "\"agent\":{\"name\":\"orders-assistant\",\"mode\":\"guided\"},";
    private static final String TRAIL = "\"trail\":[{\"from\":\"foundry\",\"to\":\"orders-assistant\",\"user\":null,"
            + "\"agent\":\"orders-assistant\",\"client\":null,\"audience\":null,\"scopes\":[],\"obtained\":null,"
            + "\"evidence\":\"reported\",\"decision\":null,\"rule\":null,\"approval\":null,\"consent\":null}]}";

    private final AnswerCollector collector =
            new AnswerCollector("corr-1", Refusals::words, Clock.fixed(Turns.NOW, ZoneOffset.UTC));

    @Test
    void an_answer_has_its_text_tool_calls_and_trail() {
        Turns.answered(collector);

        assertEquals(
                BEGIN + "\"text\":\"Two orders.\\n\\nAnything else?\","
                        + "\"tool_calls\":[{\"name\":\"list-orders\",\"status\":\"completed\"}],\"approvals\":[],"
                        + "\"consents\":[]," + TRAIL,
                Json.text(collector.answer()));
        assertEquals(Optional.empty(), collector.failure());
    }

    @Test
    void a_consent_has_its_link_and_scopes() {
        Turns.waiting(collector);

        assertEquals(
                BEGIN + "\"text\":\"\",\"tool_calls\":[],\"approvals\":[],\"consents\":[{\"id\":\"consent-1\","
                        + "\"agent\":\"orders-assistant\",\"scopes\":[\"Orders.Read\",\"Orders.Write\"],"
                        + "\"consent_link\":\"http://localhost:9181/consent?data=1\"}]," + TRAIL,
                Json.text(collector.answer()));
    }

    @Test
    void a_failure_says_what_can_be_done() {
        Turns.begun(collector);
        collector.toolStarted("call-1", "get-order");
        collector.failed(FailedRun.because(RunFailure.NOT_ASSIGNED));

        assertEquals(
                BEGIN + "\"text\":\"\",\"tool_calls\":[{\"name\":\"get-order\",\"status\":\"in_progress\"}],"
                        + "\"approvals\":[],\"consents\":[],\"error\":{\"reason\":\"not_assigned\",\"detail\":\""
                        + RunFailure.NOT_ASSIGNED.sentence() + "\",\"correlation_id\":\"corr-1\"}," + TRAIL,
                Json.text(collector.answer()));
        assertEquals(Optional.of(FailedRun.because(RunFailure.NOT_ASSIGNED)), collector.failure());
    }

    @Test
    void a_consent_of_ours_has_no_link_and_an_approval_says_whose_conversation_waits() {
        Turns.begun(collector);
        collector.waits(new Asked(List.of(Turns.question(1)), List.of(Turns.OURS)));

        String answer = Json.text(collector.answer());
        assertTrue(
                answer.contains("\"consents\":[{\"id\":\"consent-2\",\"agent\":\"orders-functions\","
                        + "\"scopes\":[\"Orders.Read\"]}]"),
                answer);
        assertTrue(answer.contains("\"conversation_id\":\"" + Turns.CONVERSATION + "\"}]"), answer);
    }

    @Test
    void a_refusal_is_an_error_too() {
        collector.refused(new Deny(DenyReason.ACTS_AS_ITSELF));

        assertEquals(
                "{\"conversation_id\":null,\"agent\":null,\"text\":\"\",\"tool_calls\":[],\"approvals\":[],"
                        + "\"consents\":[],\"error\":{\"reason\":\"acts_as_itself\",\"detail\":\""
                        + DenyReason.ACTS_AS_ITSELF.sentence() + "\",\"correlation_id\":\"corr-1\"},\"trail\":[]}",
                Json.text(collector.answer()));
        assertEquals(Optional.empty(), collector.failure(), "Nothing that another token would mend");
    }
}
