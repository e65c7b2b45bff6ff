package dev.throughline.in.mcp;

import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import java.util.List;
import java.util.Map;

/** A prompt that a person can choose: words of ours, in which arguments are put. It shows nobody's data. */
public interface McpPrompt {

    /** What {@code prompts/list} shows. */
    Prompt definition();

    /**
     * The messages for these arguments, of which none is unknown and no required one missing.
     *
     * @throws ToolErrorException if an argument's value cannot be; its message goes to the client
     * @throws InputRequiredException if the client must be asked for something first
     */
    GetPromptResult messages(ToolContext context, Map<String, String> arguments)
            throws ToolErrorException, InputRequiredException;

    /**
     * What may be meant where a person has begun to type an argument, the likeliest first.
     *
     * @param argument one of the definition's
     * @param begun what was typed so far
     */
    default List<String> completions(String argument, String begun) {
        return List.of();
    }
}
