package dev.throughline.in.mcp;

import dev.throughline.access.Approval;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Optional;

/** What came of a tool, before it is told in the form of whoever called. */
public sealed interface ToolOutcome {

    /**
     * It has run, well or not.
     *
     * @param result what the model is told
     * @param approved the permit by which it was done, where the person had approved it
     */
    record Ran(CallToolResult result, Optional<Permit> approved) implements ToolOutcome {
        /** It has run without an approval. */
        public Ran(CallToolResult result) {
            this(result, Optional.empty());
        }
    }

    /** Nothing was done, since the person has been asked first. */
    record Awaits(Approval approval) implements ToolOutcome {}

    /** Nothing was done, since the policy refused. */
    record Refused(Refusal refusal) implements ToolOutcome {}
}
