package dev.throughline.in.mcp;

import dev.throughline.in.mcp.Message.ToolCall;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * MCP 2025-03-26 to 2025-11-25. The SDK greets, lists tools and runs those calls that were let through; what must not
 * run, and what it cannot tell each caller by itself, is answered before.
 */
final class LegacyProtocol {
    private static final String TOO_OLD = "This needs a client of MCP " + ProtocolVersions.MODERN + ".";

    private final CallDecider decider;
    private final Methods methods;
    private final ProtocolVersions versions;
    private final McpJsonMapper mapper;

    LegacyProtocol(CallDecider decider, Methods methods, ProtocolVersions versions, McpJsonMapper mapper) {
        this.decider = decider;
        this.methods = methods;
        this.versions = versions;
        this.mapper = mapper;
    }

    /** The SDK's servlet for these tools. */
    static Servlet transport(Offer offer, ToolCallGate gate, ToolRunner runner, McpJsonMapper mapper) {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(mapper)
                .messageEndpoint(McpEndpoint.PATH)
                .contextExtractor(ToolContext::extract)
                .maxRequestSize(McpServlet.MAX_BODY)
                .build();
        var server = McpServer.sync(transport)
                .jsonMapper(mapper)
                .serverInfo(ServerIdentity.INFO)
                .instructions(ServerIdentity.INSTRUCTIONS)
                .capabilities(ServerIdentity.CAPABILITIES)
                // On the request's thread: its identity and its transaction stay where they are.
                .immediateExecution(true)
                // The decider has held the arguments against the schema; the SDK's words would repeat what was sent.
                .validateToolInputs(false)
                // Nor does it help a caller to hold each answer against the schema that it was made by; tests do.
                .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid(null))
                .addToolFilter((context, tool) -> gate.offers(
                        ToolContext.of(context).caller(),
                        offer.tools().get(tool.name()).action()));
        offer.tools()
                .values()
                .forEach(tool ->
                        server.toolCall(tool.definition(), (context, request) -> call(runner, tool, context, request)));
        server.build();
        return transport;
    }

    /**
     * Answers a request that the SDK must not see.
     *
     * @return the JSON-RPC response; empty for what goes on to the SDK
     */
    Optional<byte[]> answer(Message message, ToolContext context) throws RpcException, IOException {
        if (message.id().isEmpty()) {
            return Optional.empty();
        }
        message.requireForm(Era.LEGACY);
        if (message.method().equals(Methods.INITIALIZE)) {
            requireGreeting(message);
        }
        Optional<?> result = message.method().equals(Methods.CALL_TOOL)
                ? decider.answer(message.id().get(), message.toolCall(Era.LEGACY), context)
                : shared(message, context);
        return result.isPresent()
                ? Optional.of(mapper.writeValueAsBytes(
                        JSONRPCResponse.result(message.id().get(), result.get())))
                : Optional.empty();
    }

    private Optional<Object> shared(Message message, ToolContext context) throws RpcException {
        try {
            return methods.result(message, Era.LEGACY, context);
        } catch (InputRequiredException | MissingCapabilityException e) {
            throw message.malformed(Era.LEGACY, TOO_OLD);
        }
    }

    /** The SDK takes a greeting without its parts for a fault of its own. */
    private void requireGreeting(Message message) throws RpcException {
        JsonNode params = message.params();
        JsonNode revision = params.path("protocolVersion");
        if (!revision.isString()
                || !params.path("capabilities").isObject()
                || !params.path("clientInfo").path("name").isString()) {
            throw message.malformed(
                    Era.LEGACY, "The greeting needs protocolVersion, capabilities and clientInfo with a name.");
        }
        versions.requireGreetable(message, revision.stringValue());
    }

    private static CallToolResult call(
            ToolRunner runner, McpTool tool, McpTransportContext context, CallToolRequest request) {
        Map<String, @Nullable Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
        try {
            return runner.run(tool, new ToolCall(request.name(), arguments), ToolContext.of(context));
        } catch (InputRequiredException | MissingCapabilityException e) {
            return ToolResults.error(TOO_OLD);
        }
    }
}
