package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a turn, however it was heard.
 *
 * @param conversation its conversation; empty where the turn was refused
 * @param text all that the agent said
 * @param tools each tool call as {@code name status}
 * @param approvals what it waits for
 * @param consents the same
 * @param error why there is no answer; empty if there is one
 * @param trail its hops
 */
record Turn(
        String conversation,
        String text,
        List<String> tools,
        List<Json> approvals,
        List<Json> consents,
        String error,
        List<Json> trail) {

    static Turn of(Json answer) {
        return new Turn(
                answer.text("conversation_id"),
                answer.text("text"),
                answer.all("/tool_calls").stream()
                        .map(call -> call.text("name") + " " + call.text("status"))
                        .toList(),
                answer.all("/approvals"),
                answer.all("/consents"),
                answer.at("/error").text("reason"),
                answer.all("/trail"));
    }

    static Turn of(Events events) {
        Json last = events.last();
        boolean failed = last.text("type").equals("RUN_ERROR");
        assertEquals(failed ? "RUN_ERROR" : "RUN_FINISHED", last.text("type"), "A stream ends in one of two ways");
        List<Json> interrupts = last.all("/outcome/interrupts");
        return new Turn(
                events.all().get(0).text("threadId"),
                events.text(),
                tools(events),
                interrupts.stream()
                        .filter(interrupt -> interrupt.text("reason").equals("approval"))
                        .map(interrupt -> interrupt.at("/metadata"))
                        .toList(),
                interrupts.stream()
                        .filter(interrupt -> interrupt.text("reason").equals("consent"))
                        .map(Turn::consent)
                        .toList(),
                failed ? last.text("code") : "",
                events.named("identity.hop").stream()
                        .map(event -> event.at("/value"))
                        .toList());
    }

    private static List<String> tools(Events events) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, String> statuses = new LinkedHashMap<>();
        events.named("TOOL_CALL_START")
                .forEach(start -> names.put(start.text("toolCallId"), start.text("toolCallName")));
        events.named("TOOL_CALL_RESULT")
                .forEach(result -> statuses.put(result.text("toolCallId"), result.text("status")));
        List<String> tools = new ArrayList<>();
        names.forEach((id, name) -> tools.add(name + " " + statuses.getOrDefault(id, "in_progress")));
        return tools;
    }

    private static Json consent(Json interrupt) {
        Json metadata = interrupt.at("/metadata");
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", interrupt.text("id"));
        members.put("agent", metadata.text("agent"));
        members.put("scopes", metadata.at("/scopes").node());
        if (!metadata.at("/consent_link").isNull()) {
            members.put("consent_link", metadata.text("consent_link"));
        }
        return Json.of(Json.text(members));
    }

    /** The one approval that it waits for. */
    Json approval() {
        assertEquals(1, approvals.size(), toString());
        return approvals.get(0);
    }

    /** The one consent that it waits for. */
    Json consent() {
        assertEquals(1, consents.size(), toString());
        return consents.get(0);
    }

    /** The one hop to that place. */
    Json hopTo(String place) {
        List<Json> hops =
                trail.stream().filter(hop -> hop.text("to").equals(place)).toList();
        assertEquals(1, hops.size(), toString());
        return hops.get(0);
    }

    /** The hops as they stand. */
    List<String> hops() {
        return trail.stream().map(Json::toString).toList();
    }
}
