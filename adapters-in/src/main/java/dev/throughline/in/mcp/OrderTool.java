package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A tool: what clients are told of it, and what it does.
 *
 * @param action what the policy is asked for
 * @param definition what {@code tools/list} shows
 * @param handler what a call does
 */
record OrderTool(Action action, Tool definition, Handler handler) {

    /** What a call of a tool does. */
    interface Handler {
        CallToolResult call(Caller caller, Arguments arguments) throws ToolErrorException;
    }
}
