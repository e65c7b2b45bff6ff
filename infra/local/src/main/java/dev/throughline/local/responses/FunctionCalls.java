package dev.throughline.local.responses;

import dev.throughline.local.foundry.planner.ToolResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Function calls and their outputs: the client makes the calls, so each call must get one output before the agent can
 * go on. The refusals are worded as OpenAI words them.
 */
public final class FunctionCalls {

    private FunctionCalls() {}

    /**
     * Holds what the client sends against the calls that are open.
     *
     * @throws ApiError 400 where an output belongs to no open call, or a call has no output
     */
    public static void requireSettled(List<ObjectNode> before, List<ObjectNode> input) {
        Set<String> known = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>();
        for (ObjectNode item : before) {
            if (isCall(item)) {
                known.add(callId(item));
                open.add(callId(item));
            } else if (isOutput(item)) {
                open.remove(callId(item));
            }
        }
        for (ObjectNode item : input) {
            if (isCall(item)) {
                known.add(callId(item));
                open.add(callId(item));
            } else if (isOutput(item) && !open.remove(callId(item))) {
                throw known.contains(callId(item)) ? givenTwice(callId(item)) : noSuchCall(callId(item));
            }
        }
        open.stream().findFirst().ifPresent(id -> {
            throw ApiError.invalid("No tool output found for function call " + id + ".", "input");
        });
    }

    /** A history without the outputs whose calls it does not reach back to. */
    public static List<ObjectNode> withoutOrphans(List<ObjectNode> items) {
        return items.stream()
                .filter(item -> !isOutput(item) || callOf(items, item).isPresent())
                .toList();
    }

    /** The ids of the calls that these items answer. */
    public static Set<String> answeredBy(List<ObjectNode> input) {
        return input.stream()
                .filter(FunctionCalls::isOutput)
                .map(FunctionCalls::callId)
                .collect(Collectors.toUnmodifiableSet());
    }

    public static ApiError givenTwice(String callId) {
        return ApiError.invalid("The tool output for function call " + callId + " was given before.", "input");
    }

    private static ApiError noSuchCall(String callId) {
        return ApiError.invalid("No tool call found for function call output with call_id " + callId + ".", "input");
    }

    /** The call that an output belongs to; empty where the history does not reach back to it. */
    static Optional<ObjectNode> callOf(List<ObjectNode> items, ObjectNode output) {
        return items.stream()
                .filter(item -> isCall(item) && callId(item).equals(callId(output)))
                .findFirst();
    }

    /**
     * What an output says. The item has no mark for a failure: JSON is what the tool returned unless it is an error
     * object, and anything else is a sentence about why it returned nothing.
     */
    static ToolResult.Outcome outcome(ObjectNode output) {
        String text = Json.text(output, "output");
        try {
            JsonNode content = Json.MAPPER.readTree(text);
            if (content.isContainer()) {
                return errorIn(content)
                        .<ToolResult.Outcome>map(ToolResult.Failed::new)
                        .orElseGet(() -> new ToolResult.Returned(content));
            }
        } catch (JacksonException notJson) {
            // A sentence, as below.
        }
        return new ToolResult.Failed(text);
    }

    private static Optional<String> errorIn(JsonNode content) {
        JsonNode error = content.path("error");
        if (error.isString()) {
            return Optional.of(
                    Json.text(content, "detail").isEmpty() ? error.stringValue() : Json.text(content, "detail"));
        }
        if (error.isObject()) {
            String said =
                    Json.text(error, "message").isEmpty() ? Json.text(error, "detail") : Json.text(error, "message");
            return Optional.of(said.isEmpty() ? error.toString() : said);
        }
        boolean problem = content.has("reason") && content.path("detail").isString();
        return problem ? Optional.of(Json.text(content, "detail")) : Optional.empty();
    }

    private static boolean isCall(ObjectNode item) {
        return Json.text(item, "type").equals("function_call");
    }

    private static boolean isOutput(ObjectNode item) {
        return Json.text(item, "type").equals("function_call_output");
    }

    private static String callId(ObjectNode item) {
        return Json.text(item, "call_id");
    }
}
