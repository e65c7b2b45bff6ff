package dev.throughline.local.foundry.planner;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What became of one tool call.
 *
 * @param tool the tool's name
 * @param arguments what it was called with
 * @param outcome what came back
 */
public record ToolResult(String tool, Map<String, Object> arguments, Outcome outcome) {

    public ToolResult {
        arguments = Map.copyOf(arguments);
    }

    /** What the tool returned; empty where it did not. */
    Optional<JsonNode> returned() {
        return outcome instanceof Returned it ? Optional.of(it.content()) : Optional.empty();
    }

    /** What came back from a tool. */
    public sealed interface Outcome {}

    /**
     * The tool did it.
     *
     * @param content its output: JSON where it is JSON, else one string
     */
    public record Returned(JsonNode content) implements Outcome {}

    /**
     * The tool refused or failed.
     *
     * @param reason in its own words
     */
    public record Failed(String reason) implements Outcome {}

    /** The person did not approve the call. */
    public record Declined() implements Outcome {}
}
