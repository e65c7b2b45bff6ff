package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the endpoint together: the SDK's server and transport, our tools, and our servlet in front. */
@Dependent
class McpEndpoint {
    static final String PATH = "/api/v1/mcp";

    private static final System.Logger LOG = System.getLogger(McpEndpoint.class.getName());
    private static final String INSTRUCTIONS =
            "The order desk. Every call is made as the signed-in person and may see and change only what that person"
                    + " and this client may. If a tool refuses, tell the person why in its own words; do not try to get"
                    + " round it.";

    private final ToolCallGate gate;
    private final RateLimits limits;
    private final Refusals refusals;
    private final CurrentCaller current;

    @Inject
    McpEndpoint(ToolCallGate gate, RateLimits limits, Refusals refusals, CurrentCaller current) {
        this.gate = gate;
        this.limits = limits;
        this.refusals = refusals;
        this.current = current;
    }

    McpServlet servlet(List<McpFeatures> features) {
        SafeMapper mapper = new SafeMapper(McpJsonDefaults.getMapper());
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(mapper)
                .messageEndpoint(PATH)
                .contextExtractor(ToolContext::extract)
                .maxRequestSize(McpServlet.MAX_BODY)
                .build();
        List<McpTool> all =
                features.stream().flatMap(one -> one.tools().stream()).toList();
        Map<String, McpTool> byName =
                all.stream().collect(Collectors.toMap(tool -> tool.definition().name(), Function.identity()));
        start(transport, mapper, all, byName);
        return new McpServlet(transport, new CallDecider(gate, limits, refusals, byName, mapper), current);
    }

    private void start(
            HttpServletStatelessServerTransport transport,
            SafeMapper mapper,
            List<McpTool> all,
            Map<String, McpTool> byName) {
        var server = McpServer.sync(transport)
                .jsonMapper(mapper)
                .serverInfo(McpSchema.Implementation.builder("throughline-orders", "1")
                        .title("Throughline order desk")
                        .build())
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                // On the request's thread: its identity and its transaction stay where they are.
                .immediateExecution(true)
                // The decider has held the arguments against the schema; the SDK's words would repeat what was sent.
                .validateToolInputs(false)
                .addToolFilter((context, tool) -> gate.offers(
                        ToolContext.of(context).caller(),
                        byName.get(tool.name()).action()));
        all.forEach(tool -> server.toolCall(tool.definition(), (context, request) -> call(tool, context, request)));
        server.build();
    }

    private static CallToolResult call(McpTool tool, McpTransportContext context, CallToolRequest request) {
        ToolContext known = ToolContext.of(context);
        try {
            return tool.prepare(arguments(request)).run(known);
        } catch (ToolErrorException | InvalidValueException e) {
            return ToolResults.error(e.getMessage());
        } catch (InputRequiredException e) {
            return ToolResults.error("This tool must ask something first; it takes a client of MCP 2026-07-28.");
        } catch (Unavailable e) {
            return logged(known, e, ToolResults.unavailable());
        } catch (RuntimeException e) {
            return logged(known, e, ToolResults.failed());
        }
    }

    private static Map<String, @Nullable Object> arguments(CallToolRequest request) {
        return request.arguments() == null ? Map.of() : request.arguments();
    }

    private static CallToolResult logged(ToolContext context, RuntimeException thrown, CallToolResult answer) {
        LOG.log(System.Logger.Level.ERROR, "Tool call of request " + context.correlationId() + " failed", thrown);
        return answer;
    }
}
