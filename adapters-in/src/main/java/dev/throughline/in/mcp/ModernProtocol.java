package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.in.http.Json;
import dev.throughline.in.mcp.Message.ToolCall;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * MCP 2026-07-28, which the SDK does not speak yet: each request is complete in itself. The tools, resources and
 * prompts are the same as in older revisions, and so is everything that is decided.
 */
final class ModernProtocol {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String CAPABILITIES = PREFIX + "clientCapabilities";
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    /** How long a client may keep each result. All of them are for this caller alone, since each depends on it. */
    private static final Map<String, Duration> LIVES = Map.of(
            Methods.DISCOVER, Duration.ofMinutes(5),
            Methods.LIST_TOOLS, Duration.ofMinutes(1),
            Methods.LIST_PROMPTS, Duration.ofMinutes(5),
            Methods.LIST_TEMPLATES, Duration.ofMinutes(1),
            Methods.LIST_RESOURCES, Duration.ZERO,
            Methods.READ_RESOURCE, Duration.ZERO);

    /** What a client must be able to do for each question that it can be asked. */
    private static final Map<String, String> ASKED_BY = Map.of(
            "elicitation/create", "elicitation",
            "sampling/createMessage", "sampling",
            "roots/list", "roots");

    private final Offer offer;
    private final ToolCallGate gate;
    private final CallDecider decider;
    private final Methods methods;
    private final RequestStates states;
    private final McpJsonMapper mapper;

    ModernProtocol(
            Offer offer,
            ToolCallGate gate,
            CallDecider decider,
            Methods methods,
            RequestStates states,
            McpJsonMapper mapper) {
        this.offer = offer;
        this.gate = gate;
        this.decider = decider;
        this.methods = methods;
        this.states = states;
        this.mapper = mapper;
    }

    /** The JSON-RPC response to a request. */
    byte[] answer(Message message, ToolContext context) throws RpcException, IOException {
        ToolContext asked = new ToolContext(context.caller(), context.occasion(), roundTrip(message, context));
        try {
            Map<String, Object> result = outcome(message, asked);
            result.merge("_meta", Map.of(PREFIX + "serverInfo", ServerIdentity.INFO), ModernProtocol::both);
            return mapper.writeValueAsBytes(
                    Map.of("jsonrpc", "2.0", "id", message.id().orElseThrow(), "result", result));
        } catch (MissingCapabilityException e) {
            throw message.fault(400, e.error());
        }
    }

    private Map<String, Object> outcome(Message message, ToolContext context) throws RpcException, IOException {
        Map<String, Object> outcome = new LinkedHashMap<>();
        try {
            outcome.put("resultType", "complete");
            outcome.putAll(mapper.convertValue(result(message, context), OBJECT));
        } catch (InputRequiredException e) {
            return question(message, context, e);
        }
        Optional.ofNullable(LIVES.get(message.method())).ifPresent(life -> {
            outcome.put("ttlMs", life.toMillis());
            outcome.put("cacheScope", "private");
        });
        return outcome;
    }

    private Object result(Message message, ToolContext context)
            throws RpcException, InputRequiredException, IOException {
        return switch (message.method()) {
            case Methods.DISCOVER -> discovery();
            case Methods.LIST_TOOLS -> {
                Methods.requireFirstPage(message, Era.MODERN);
                yield ListToolsResult.builder(shownTo(context.caller())).build();
            }
            case Methods.CALL_TOOL -> call(message, context);
            default ->
                methods.result(message, Era.MODERN, context)
                        .orElseThrow(() -> message.fault(
                                404,
                                RpcError.of(
                                        RpcError.METHOD_NOT_FOUND,
                                        "There is no such method in MCP " + ProtocolVersions.MODERN + " here.")));
        };
    }

    private static Map<String, Object> discovery() {
        return Map.of(
                "supportedVersions", ProtocolVersions.SPOKEN,
                "capabilities", ServerIdentity.CAPABILITIES,
                "instructions", ServerIdentity.INSTRUCTIONS);
    }

    private List<Tool> shownTo(Caller caller) {
        return offer.tools().values().stream()
                .filter(tool -> gate.offers(caller, tool.action()))
                .map(McpTool::definition)
                .toList();
    }

    private CallToolResult call(Message message, ToolContext context) throws RpcException, InputRequiredException {
        ToolCall call = message.toolCall(Era.MODERN);
        Optional<CallToolResult> refusal = decider.answer(message.id().orElseThrow(), call, context);
        return refusal.isPresent()
                ? refusal.get()
                : ToolRunner.run(offer.tools().get(call.tool()), call.arguments(), context);
    }

    /** What the client says about itself; what no request may lack is demanded here. */
    private RoundTrip roundTrip(Message message, ToolContext context) throws RpcException {
        message.requireForm(Era.MODERN);
        JsonNode capabilities = message.meta().path(CAPABILITIES);
        if (!message.meta().has(ProtocolVersions.KEY) || !capabilities.isObject()) {
            throw message.malformed(
                    Era.MODERN,
                    "Each request must say in _meta which %s and %s it is made with."
                            .formatted(ProtocolVersions.KEY, CAPABILITIES));
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

    private String opened(Message message, ToolContext context, String state) throws RpcException {
        return states.open(state, context.caller(), message)
                .orElseThrow(() -> message.malformed(
                        Era.MODERN, "This requestState does not belong to this request; start again without it."));
    }

    private Map<String, Object> question(Message message, ToolContext context, InputRequiredException asked) {
        Set<String> missing = new TreeSet<>();
        asked.inputRequests().values().forEach(request -> {
            String needed = request instanceof Map<?, ?> one ? ASKED_BY.get(one.get("method")) : null;
            if (needed == null) {
                throw new IllegalStateException("Clients cannot be asked this");
            }
            if (!context.roundTrip().capabilities().containsKey(needed)) {
                missing.add(needed);
            }
        });
        if (!missing.isEmpty()) {
            throw new MissingCapabilityException(missing);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("resultType", "input_required");
        if (!asked.inputRequests().isEmpty()) {
            result.put("inputRequests", asked.inputRequests());
        }
        asked.requestState()
                .ifPresent(state -> result.put("requestState", states.seal(state, context.caller(), message)));
        return result;
    }

    private static @Nullable Object both(Object one, Object other) {
        Map<Object, Object> merged = new LinkedHashMap<>((Map<?, ?>) one);
        merged.putAll((Map<?, ?>) other);
        return merged;
    }
}
