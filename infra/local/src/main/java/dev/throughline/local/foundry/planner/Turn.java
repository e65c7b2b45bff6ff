package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Optional;

/**
 * All that a planner may know: what the person said, now and before, the tools there are for this person, and what they
 * returned in this turn.
 *
 * @param earlier what the person said before, oldest first
 * @param message what the person says now
 * @param tools the tools as the server lists them now
 * @param results what tools returned in this turn, oldest first
 */
public record Turn(List<String> earlier, String message, List<Tool> tools, List<ToolResult> results) {

    public Turn {
        earlier = List.copyOf(earlier);
        tools = List.copyOf(tools);
        results = List.copyOf(results);
    }

    Optional<Tool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    List<ToolResult> resultsOf(String tool) {
        return results.stream().filter(result -> result.tool().equals(tool)).toList();
    }
}
