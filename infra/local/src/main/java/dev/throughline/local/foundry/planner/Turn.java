package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Optional;

/**
 * All that a planner may know: what was said before, what the person says now, the tools there are for this person, and
 * what they returned in this turn.
 *
 * @param dialogue what the person and the agent said before, oldest first
 * @param message what the person says now
 * @param tools the tools as the server lists them now
 * @param results what tools returned in this turn, oldest first
 */
public record Turn(List<Said> dialogue, String message, List<Tool> tools, List<ToolResult> results) {

    public Turn {
        dialogue = List.copyOf(dialogue);
        tools = List.copyOf(tools);
        results = List.copyOf(results);
    }

    /**
     * Something that was said.
     *
     * @param byPerson false where the agent said it
     * @param text the words
     */
    public record Said(boolean byPerson, String text) {}

    /** What the person said before, oldest first. */
    List<String> earlier() {
        return dialogue.stream().filter(Said::byPerson).map(Said::text).toList();
    }

    Optional<Tool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    List<ToolResult> resultsOf(String tool) {
        return results.stream().filter(result -> result.tool().equals(tool)).toList();
    }
}
