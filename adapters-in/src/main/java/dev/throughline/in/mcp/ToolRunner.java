package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.in.http.ProblemException;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a tool call that was decided and recorded; whatever happens, what the model is told is ours. */
final class ToolRunner {
    private static final System.Logger LOG = System.getLogger(ToolRunner.class.getName());

    private ToolRunner() {}

    /** @throws InputRequiredException if the client must be asked for something first */
    static CallToolResult run(McpTool tool, Map<String, @Nullable Object> arguments, ToolContext context)
            throws InputRequiredException {
        try {
            return tool.prepare(arguments).run(context);
        } catch (ToolErrorException | InvalidValueException e) {
            return ToolResults.error(e.getMessage());
        } catch (MissingCapabilityException | ProblemException e) {
            throw e;
        } catch (Unavailable e) {
            return logged(context, e, ToolResults.unavailable());
        } catch (RuntimeException e) {
            return logged(context, e, ToolResults.failed());
        }
    }

    private static CallToolResult logged(ToolContext context, RuntimeException thrown, CallToolResult answer) {
        LOG.log(System.Logger.Level.ERROR, "Tool call of request " + context.correlationId() + " failed", thrown);
        return answer;
    }
}
