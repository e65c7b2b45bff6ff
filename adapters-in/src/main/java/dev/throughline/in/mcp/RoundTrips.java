package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads what a client says about being asked back, and asks it (MCP 2026-07-28, basic/patterns/mrtr). */
final class RoundTrips {
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    /** What a client must be able to do for each question that it can be asked. */
    private static final Map<String, String> ASKED_BY = Map.of(
            "elicitation/create", "elicitation",
            "sampling/createMessage", "sampling",
            "roots/list", "roots");

    private final RequestStates states;

    RoundTrips(RequestStates states) {
        this.states = states;
    }

    /** What the client says of itself with a request; what no request may lack is demanded here. */
    RoundTrip read(Message message, ToolContext context) throws RpcException {
        JsonNode capabilities = message.meta().path(CAPABILITIES);
        if (!message.meta().has(ProtocolVersions.KEY) || !capabilities.isObject()) {
            throw message.malformed(
                    Era.MODERN,
                    "Each request must say %s and %s in _meta.".formatted(ProtocolVersions.KEY, CAPABILITIES));
        }
        JsonNode responses = message.params().path("inputResponses");
        JsonNode state = message.params().path("requestState");
        if (!(responses.isObject() || responses.isMissingNode()) || !(state.isString() || state.isMissingNode())) {
            throw message.malformed(Era.MODERN, "inputResponses must be an object, requestState a string.");
        }
        return new RoundTrip(
                Json.map(capabilities),
                responses.isObject() ? Json.map(responses) : Map.of(),
                state.isString() ? Optional.of(opened(message, context, state.stringValue())) : Optional.empty());
    }

    /**
     * The result that asks the client.
     *
     * @throws MissingCapabilityException if it has not declared that it can answer
     */
    Map<String, Object> question(Message message, ToolContext context, InputRequiredException asked) {
        requireAnswerable(context.roundTrip(), asked);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("resultType", "input_required");
        if (!asked.inputRequests().isEmpty()) {
            result.put("inputRequests", asked.inputRequests());
        }
        asked.requestState()
                .ifPresent(state -> result.put("requestState", states.seal(state, context.caller(), message)));
        return result;
    }

    private static void requireAnswerable(RoundTrip client, InputRequiredException asked) {
        Set<String> missing = new TreeSet<>();
        asked.inputRequests().values().forEach(request -> {
            String needed = request instanceof Map<?, ?> one ? ASKED_BY.get(one.get("method")) : null;
            if (needed == null) {
                throw new IllegalStateException("Clients cannot be asked this");
            }
            if (!client.capabilities().containsKey(needed)) {
                missing.add(needed);
            }
        });
        if (!missing.isEmpty()) {
            throw new MissingCapabilityException(missing);
        }
    }

    private String opened(Message message, ToolContext context, String state) throws RpcException {
        return states.open(state, context.caller(), message)
                .orElseThrow(() -> message.malformed(
                        Era.MODERN, "This requestState does not belong to this request; start again without it."));
    }
}
