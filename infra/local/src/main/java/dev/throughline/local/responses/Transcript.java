package dev.throughline.local.responses;

import dev.throughline.local.foundry.planner.ToolResult;
import dev.throughline.local.foundry.planner.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * All items that a run can look back on, with those that it answers at the end. The turn is what came after the
 * person's last message.
 *
 * @param items oldest first
 */
public record Transcript(List<ObjectNode> items) {

    private static final int MAX_SAID = 40;

    public Transcript {
        items = List.copyOf(items);
    }

    /** The person's last message; empty where there is none. */
    public Optional<String> message() {
        List<String> messages = userMessages();
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(messages.size() - 1));
    }

    /** What was said before that message, oldest first, not without bound. */
    public List<Turn.Said> dialogue() {
        List<Turn.Said> said = new ArrayList<>();
        int end = 0;
        for (ObjectNode item : items) {
            boolean byPerson = isUserMessage(item);
            if (byPerson) {
                end = said.size();
            }
            if (byPerson || isA(item, "message") && Json.text(item, "role").equals("assistant")) {
                said.add(new Turn.Said(byPerson, text(item)));
            }
        }
        return said.subList(Math.max(0, end - MAX_SAID), end);
    }

    /** What the tools returned in this turn so far. */
    public List<ToolResult> results() {
        List<ToolResult> results = new ArrayList<>();
        for (ObjectNode item : items) {
            if (isUserMessage(item)) {
                results.clear();
            } else if (isA(item, "mcp_call")) {
                results.add(new ToolResult(Json.text(item, "name"), arguments(item), outcome(item)));
            } else if (isA(item, "function_call_output")) {
                FunctionCalls.callOf(items, item)
                        .ifPresent(call -> results.add(
                                new ToolResult(Json.text(call, "name"), arguments(call), FunctionCalls.outcome(item))));
            }
        }
        return results;
    }

    /** The approval request of this id. */
    public Optional<ObjectNode> approvalRequest(String id) {
        return items.stream()
                .filter(item -> isA(item, "mcp_approval_request")
                        && Json.text(item, "id").equals(id))
                .findFirst();
    }

    /** Everything up to this approval request, which is the turn that its answer goes on with. */
    public Transcript upTo(String approvalRequestId) {
        List<String> ids = items.stream().map(item -> Json.text(item, "id")).toList();
        return new Transcript(items.subList(0, ids.indexOf(approvalRequestId) + 1));
    }

    /** Whether this approval request has been answered, by yes or no. */
    public boolean hasAnswerTo(String approvalRequestId) {
        return items.stream()
                .anyMatch(item -> isA(item, "mcp_approval_response")
                        && Json.text(item, "approval_request_id").equals(approvalRequestId));
    }

    /** Whether the call that this approval request was about has been made. */
    public boolean hasCallFor(String approvalRequestId) {
        return items.stream()
                .anyMatch(item -> isA(item, "mcp_call")
                        && Json.text(item, "approval_request_id").equals(approvalRequestId));
    }

    /** The arguments of an {@code mcp_call} or {@code mcp_approval_request} item, which carries them as a string. */
    public static Map<String, Object> arguments(ObjectNode item) {
        return Json.MAPPER.readValue(Json.text(item, "arguments"), new TypeReference<Map<String, Object>>() {});
    }

    /** What came out of a finished {@code mcp_call} item. */
    public static ToolResult.Outcome outcome(ObjectNode item) {
        JsonNode error = item.path("error");
        if (error.isNull() || error.isMissingNode()) {
            return new ToolResult.Returned(content(Json.text(item, "output")));
        }
        return new ToolResult.Failed(reason(error));
    }

    private static JsonNode content(String output) {
        try {
            return Json.MAPPER.readTree(output);
        } catch (JacksonException notJson) {
            return StringNode.valueOf(output);
        }
    }

    private static String reason(JsonNode error) {
        if (error.isString()) {
            return error.stringValue();
        }
        List<String> texts = new ArrayList<>();
        error.path("content").forEach(part -> texts.add(Json.text(part, "text")));
        return texts.isEmpty() ? Json.text(error, "message") : String.join("\n", texts);
    }

    private List<String> userMessages() {
        return items.stream()
                .filter(Transcript::isUserMessage)
                .map(Transcript::text)
                .toList();
    }

    private static boolean isUserMessage(ObjectNode item) {
        return isA(item, "message") && Json.text(item, "role").equals("user");
    }

    private static boolean isA(ObjectNode item, String type) {
        return Json.text(item, "type").equals(type);
    }

    private static String text(ObjectNode message) {
        List<String> parts = new ArrayList<>();
        message.path("content").forEach(part -> parts.add(Json.text(part, "text")));
        return String.join("\n", parts);
    }
}
