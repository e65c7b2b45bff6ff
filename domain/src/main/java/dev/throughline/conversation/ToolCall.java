package dev.throughline.conversation;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool call as the agent service reported it.
 *
 * @param id the service's id of the call
 * @param name the tool
 * @param arguments what it was called with
 * @param completed whether the service says that it went through
 * @param output what the tool answered, or why it failed
 */
public record ToolCall(
        String id, String name, Map<String, @Nullable Object> arguments, boolean completed, Optional<String> output) {

    /** The status of a call that has not ended. */
    public static final String UNFINISHED = "in_progress";

    /** The status on the wire. */
    public String status() {
        return completed ? "completed" : "failed";
    }
}
