package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.in.events.Occasion;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * What a tool, resource or prompt knows of the request that it serves. It travels with the request, not with the
 * thread.
 *
 * @param caller who calls
 * @param occasion the request, for events about it
 * @param roundTrip what the client says about being asked back
 */
public record ToolContext(Caller caller, Occasion occasion, RoundTrip roundTrip) {
    private static final String KEY = ToolContext.class.getName();

    /** Names the request. */
    public String correlationId() {
        return occasion.correlationId();
    }

    /** Leaves it with the request, for the transport to take along. */
    void attachTo(HttpServletRequest request) {
        request.setAttribute(KEY, this);
    }

    static McpTransportContext extract(HttpServletRequest request) {
        return McpTransportContext.create(Map.of(KEY, request.getAttribute(KEY)));
    }

    static ToolContext of(McpTransportContext context) {
        return (ToolContext) context.get(KEY);
    }
}
