package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.in.mcp.ToolCallGate.Next;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.RateLimits;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.Optional;

/** Answers the tool calls that must not run: unknown, refused, malformed, or impossible to record. */
final class CallDecider {
    private static final System.Logger LOG = System.getLogger(CallDecider.class.getName());

    private final ToolCallGate gate;
    private final RateLimits limits;
    private final Refusals refusals;
    private final Map<String, McpTool> tools;

    CallDecider(ToolCallGate gate, RateLimits limits, Refusals refusals, Map<String, McpTool> tools) {
        this.gate = gate;
        this.limits = limits;
        this.refusals = refusals;
        this.tools = Map.copyOf(tools);
    }

    /**
     * Decides and records a call.
     *
     * @return the result of a call that must not run; empty for one that may
     * @throws RpcException if there is no such tool
     * @throws ProblemException with status 403 if a token with more scopes would do, with status 429 if the caller has
     *     to wait before it may call this tool
     */
    Optional<CallToolResult> answer(Object id, ToolCall call, ToolContext context) throws RpcException {
        McpTool tool = tools.get(call.tool());
        if (tool == null) {
            throw new RpcException(
                    200, id, RpcError.of(RpcError.INVALID_PARAMS, "There is no tool of this name; list the tools."));
        }
        limits.tool(context.caller(), tool.action(), context.occasion());
        Optional<String> fault = fault(tool, call);
        Decision decision;
        try {
            decision = gate.decide(context.caller(), tool.action(), call, next(tool, fault));
        } catch (Unavailable e) {
            LOG.log(System.Logger.Level.ERROR, "Request " + context.correlationId() + " was not recorded", e);
            return Optional.of(ToolResults.unavailable());
        }
        if (decision instanceof NeedsScope needs) {
            throw refusals.exception(context.caller(), tool.action(), needs);
        }
        // Whether the person has approved it is found out when it runs: that takes the order as it is then.
        boolean goesOn = decision instanceof NeedsApproval && (tool.asksFirst() || fault.isPresent());
        Optional<String> sentence = decision instanceof Refusal refusal && !goesOn
                ? Optional.of(refusals.sentence(context.occasion(), context.caller(), tool.action(), refusal))
                : fault;
        return sentence.map(ToolResults::error);
    }

    private static Next next(McpTool tool, Optional<String> fault) {
        if (fault.isPresent()) {
            return Next.NOTHING;
        }
        return tool.asksFirst() ? Next.ASKS_FIRST : Next.RUNS;
    }

    /** What is wrong with a call's arguments. Told only to whom the policy permits the call. */
    private static Optional<String> fault(McpTool tool, ToolCall call) {
        try {
            tool.prepare(call.arguments());
            return Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.of(e.getMessage());
        }
    }
}
