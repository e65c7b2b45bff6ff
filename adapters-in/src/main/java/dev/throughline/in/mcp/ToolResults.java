package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/** What tools answer: values as structured content and text alike, and errors in words that the model can pass on. */
final class ToolResults {
    private static final String NOT_FOUND = "There is no such order.";
    private static final String CHANGED = "Somebody else is changing this order; read it again and repeat the change.";
    private static final String UNAVAILABLE = "The order desk is not available at the moment; try again shortly.";
    private static final String FAILED = "Something went wrong here; it was not your request's fault.";

    private ToolResults() {}

    /** The text is the same JSON, for clients that do not read structured content (MCP, server/tools). */
    static CallToolResult of(Object value) {
        return CallToolResult.builder()
                .structuredContent(Json.map(value))
                .addTextContent(Json.text(value))
                .isError(false)
                .build();
    }

    static CallToolResult error(String sentence) {
        return CallToolResult.builder().addTextContent(sentence).isError(true).build();
    }

    static CallToolResult notFound() {
        return error(NOT_FOUND);
    }

    static CallToolResult changedMeanwhile() {
        return error(CHANGED);
    }

    static CallToolResult unavailable() {
        return error(UNAVAILABLE);
    }

    static CallToolResult failed() {
        return error(FAILED);
    }
}
