package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the order desk.
 *
 * @param action what the policy is asked for
 * @param input what it takes
 * @param definition what {@code tools/list} shows
 * @param handler what calls do
 */
record OrderTool(Action action, Input input, Tool definition, Handler handler) implements McpTool {

    /** The use cases that change orders do; those that read, and what has no use case, would not. */
    @Override
    public boolean asksFirst() {
        return action.writes();
    }

    @Override
    public Operation prepare(Map<String, @Nullable Object> arguments) {
        return handler.prepare(input.read(arguments));
    }

    /** Understands a call. */
    interface Handler {
        Operation prepare(Arguments arguments);
    }
}
