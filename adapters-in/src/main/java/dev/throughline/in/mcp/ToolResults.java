package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import io.modelcontextprotocol.spec.McpSchema.Annotations;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.stream.Collectors;

/** What tools answer: values for programs, models and people, and errors in words that the model can pass on. */
final class ToolResults {
    private static final String NOT_FOUND = "There is no such order.";
    private static final String CHANGED = "Somebody else is changing this order; read it again and repeat the change.";
    static final String UNAVAILABLE = "The order desk is not available at the moment; try again shortly.";
    static final String FAILED = "Something went wrong here; it was not your request's fault.";

    private ToolResults() {}

    /**
     * A value in three forms: structured, in words for the person who reads along, and as JSON for clients that do not
     * read structured content (MCP, server/tools).
     */
    static CallToolResult of(Object value, String words) {
        return CallToolResult.builder()
                .structuredContent(Json.map(value))
                .addContent(text(words, Role.USER))
                .addContent(text(Json.text(value), Role.ASSISTANT))
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

    /** What an agent is told that reads neither structure nor audiences. */
    static String forAgent(CallToolResult result) {
        return result.structuredContent() == null
                ? result.content().stream()
                        .filter(TextContent.class::isInstance)
                        .map(content -> ((TextContent) content).text())
                        .collect(Collectors.joining("\n"))
                : Json.text(result.structuredContent());
    }

    private static TextContent text(String text, Role audience) {
        return TextContent.builder(text)
                .annotations(Annotations.builder().audience(List.of(audience)).build())
                .build();
    }
}
