package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.in.mcp.Message.ToolCall;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * MCP 2026-07-28, which the SDK does not speak yet: each request is complete in itself. The tools, resources and
 * prompts are the same as in older revisions, and so is everything that is decided.
 */
final class ModernProtocol {
    private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    /** How long a client may keep each result. All of them are for this caller alone, since each depends on it. */
    private static final Map<String, Duration> LIVES = Map.of(
            Methods.DISCOVER, Duration.ofMinutes(5),
            Methods.LIST_TOOLS, Duration.ofMinutes(1),
            Methods.LIST_PROMPTS, Duration.ofMinutes(5),
            Methods.LIST_TEMPLATES, Duration.ofMinutes(1),
            Methods.LIST_RESOURCES, Duration.ZERO,
            Methods.READ_RESOURCE, Duration.ZERO);

    private final Offer offer;
    private final ToolCallGate gate;
    private final CallDecider decider;
    private final ToolRunner runner;
    private final Methods methods;
    private final RoundTrips roundTrips;
    private final ProtocolVersions versions;
    private final McpJsonMapper mapper;

    ModernProtocol(
            Offer offer,
            ToolCallGate gate,
            CallDecider decider,
            ToolRunner runner,
            Methods methods,
            RoundTrips roundTrips,
            ProtocolVersions versions,
            McpJsonMapper mapper) {
        this.offer = offer;
        this.gate = gate;
        this.decider = decider;
        this.runner = runner;
        this.methods = methods;
        this.roundTrips = roundTrips;
        this.versions = versions;
        this.mapper = mapper;
    }

    /** The JSON-RPC response to a request. */
    byte[] answer(Message message, ToolContext context) throws RpcException, IOException {
        message.requireForm(Era.MODERN);
        ToolContext asked = new ToolContext(context.caller(), context.occasion(), roundTrips.read(message, context));
        try {
            Map<String, Object> result = outcome(message, asked);
            result.merge("_meta", Map.of(SERVER_INFO, ServerIdentity.INFO), ModernProtocol::both);
            return mapper.writeValueAsBytes(JSONRPCResponse.result(message.id().orElseThrow(), result));
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
            return roundTrips.question(message, context, e);
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

    private Map<String, Object> discovery() {
        return Map.of(
                "supportedVersions", versions.spoken(),
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
        return refusal.isPresent() ? refusal.get() : runner.run(offer.tools().get(call.tool()), call, context);
    }

    private static @Nullable Object both(Object one, Object other) {
        Map<Object, Object> merged = new LinkedHashMap<>((Map<?, ?>) one);
        merged.putAll((Map<?, ?>) other);
        return merged;
    }
}
