package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST .../responses}, checked.
 *
 * @param agentName the agent it refers to; empty where it names none
 * @param agentVersion empty where it names none
 * @param model empty where it names none
 * @param input the items to answer
 * @param conversationId empty where it names none
 * @param previousResponseId empty where it names none
 * @param stream whether the answer is a stream of events
 * @param store whether the response can be read and continued later
 * @param metadata up to the client
 */
record RunRequest(
        String agentName,
        String agentVersion,
        String model,
        List<ObjectNode> input,
        String conversationId,
        String previousResponseId,
        boolean stream,
        boolean store,
        ObjectNode metadata) {

    /** What the agent's definition decides, so that a request must not. */
    private static final Set<String> OF_THE_AGENT = Set.of(
            "instructions",
            "tools",
            "tool_choice",
            "temperature",
            "top_p",
            "text",
            "reasoning",
            "parallel_tool_calls",
            "max_tool_calls",
            "prompt",
            "truncation");

    /** Known and without effect on the guided mode. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("include", "max_output_tokens", "stream_options", "structured_inputs", "user", "safety_identifier");

    private static final Set<String> HANDLED = Set.of(
            "agent",
            "agent_reference",
            "background",
            "conversation",
            "input",
            "metadata",
            "model",
            "previous_response_id",
            "store",
            "stream");

    /**
     * Reads a body.
     *
     * @param boundAgent the agent whose own endpoint was called; empty at the project's
     * @throws ApiError 400 with the sentence of the service
     */
    static RunRequest parse(ObjectNode body, String boundAgent) {
        refuseWhatIsNotKnown(body);
        String agentName = agentName(body, boundAgent);
        if (!agentName.isEmpty()) {
            OF_THE_AGENT.stream().filter(body::has).sorted().findFirst().ifPresent(param -> {
                throw ApiError.invalid("Not allowed when agent is specified.", param);
            });
        }
        if (flag(body, "background", false)) {
            throw ApiError.invalid("Background responses are not supported for this agent.", "background");
        }
        String conversation = conversation(body);
        String previous = string(body, "previous_response_id");
        if (!conversation.isEmpty() && !previous.isEmpty()) {
            throw ApiError.invalid(
                    "Mutually exclusive parameters: 'previous_response_id' and 'conversation'."
                            + " Ensure you are only providing one of them.",
                    "previous_response_id");
        }
        return new RunRequest(
                agentName,
                Json.text(body.path("agent_reference"), "version"),
                string(body, "model"),
                input(body),
                conversation,
                previous,
                flag(body, "stream", false),
                flag(body, "store", true),
                InputItems.metadata(body));
    }

    private static void refuseWhatIsNotKnown(ObjectNode body) {
        if (body.has("agent")) {
            throw ApiError.invalid("The 'agent' property is deprecated. Use 'agent_reference' instead.", "agent");
        }
        body.propertyNames().stream()
                .filter(name ->
                        !HANDLED.contains(name) && !OF_THE_AGENT.contains(name) && !WITHOUT_EFFECT.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiError.invalid("Unknown parameter: '" + name + "'.", name);
                });
    }

    private static String agentName(ObjectNode body, String boundAgent) {
        JsonNode reference = body.path("agent_reference");
        if (reference.isMissingNode() || reference.isNull()) {
            return boundAgent;
        }
        if (!(reference instanceof ObjectNode object)
                || !"agent_reference".equals(Json.text(object, "type"))
                || Json.text(object, "name").isEmpty()) {
            throw ApiError.invalid(
                    "The agent reference must have the type 'agent_reference' and a name.", "agent_reference");
        }
        String name = Json.text(object, "name");
        if (!boundAgent.isEmpty() && !boundAgent.equals(name)) {
            throw ApiError.invalid("The agent reference is not the agent of this endpoint.", "agent_reference");
        }
        return name;
    }

    private static String conversation(ObjectNode body) {
        JsonNode conversation = body.path("conversation");
        if (conversation instanceof ObjectNode object
                && !Json.text(object, "id").isEmpty()) {
            return Json.text(object, "id");
        }
        return string(body, "conversation");
    }

    private static List<ObjectNode> input(ObjectNode body) {
        JsonNode input = body.path("input");
        if (input.isMissingNode() || input.isNull()) {
            throw ApiError.missing("input");
        }
        if (input.isString()) {
            return List.of(InputItems.userMessage(input.stringValue()));
        }
        if (!(input instanceof ArrayNode items) || items.isEmpty()) {
            throw ApiError.invalid("The input must be a string or a list of items.", "input");
        }
        List<ObjectNode> parsed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            parsed.add(InputItems.parse(items.get(i), "input[" + i + "]"));
        }
        return parsed;
    }

    private static String string(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw ApiError.invalid("Invalid type for '" + name + "': expected a string.", name);
        }
        return value.stringValue();
    }

    private static boolean flag(ObjectNode body, String name, boolean otherwise) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiError.invalid("Invalid type for '" + name + "': expected a boolean.", name);
        }
        return value.booleanValue();
    }
}
