package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool: what clients are told of it, and what it does once a call was permitted and recorded. */
public interface McpTool {

    /** What the policy is asked for before a call runs, and before the tool is shown. */
    Action action();

    /**
     * Whether what stands behind it asks the person first where the policy wants their approval, and does nothing
     * before they have given it. A tool that does not is refused then.
     */
    default boolean asksFirst() {
        return false;
    }

    /** What {@code tools/list} shows. */
    Tool definition();

    /**
     * What a call would do; nothing is done yet.
     *
     * @throws InvalidValueException if the call has arguments that the tool cannot take; its message goes to the model
     */
    Operation prepare(Map<String, @Nullable Object> arguments);

    /** Carries a call out. */
    interface Operation {

        /**
         * What came of the call.
         *
         * @throws ToolErrorException with what the model can mend, or pass on
         * @throws InputRequiredException if the client must be asked for something first
         */
        ToolOutcome run(ToolContext context) throws ToolErrorException, InputRequiredException;

        /**
         * Asks the person whether the call may be made, and does nothing else.
         *
         * @return empty where there is no more to show them than the arguments
         */
        default Optional<ToolOutcome> propose(ToolContext context) {
            return Optional.empty();
        }
    }
}
