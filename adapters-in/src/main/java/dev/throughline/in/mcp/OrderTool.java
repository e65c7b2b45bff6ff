package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool: what clients are told of it, and what it does.
 *
 * @param action what the policy is asked for
 * @param input what it takes
 * @param definition what {@code tools/list} shows
 * @param handler what calls do
 */
record OrderTool(Action action, Input input, Tool definition, Handler handler) {

    /**
     * What a call would do; nothing is done yet.
     *
     * @throws InvalidValueException if the call has arguments that the tool cannot take
     */
    Operation prepare(Map<String, @Nullable Object> arguments) {
        return handler.prepare(input.read(arguments));
    }

    /** Understands a call. */
    interface Handler {
        Operation prepare(Arguments arguments);
    }

    /** Carries a call out. */
    interface Operation {
        CallToolResult run(Caller caller) throws ToolErrorException;
    }
}
