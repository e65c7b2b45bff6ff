package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.access.Approval;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.in.mcp.ToolOutcome.Awaits;
import dev.throughline.in.mcp.ToolOutcome.Ran;
import dev.throughline.in.mcp.ToolOutcome.Refused;
import dev.throughline.in.orders.ApprovalLinks;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/** Runs a tool call that was let through; whatever happens, what the model is told is ours. */
final class ToolRunner {
    private static final System.Logger LOG = System.getLogger(ToolRunner.class.getName());

    private final ToolCallGate gate;
    private final Refusals refusals;
    private final ApprovalLinks links;

    ToolRunner(ToolCallGate gate, Refusals refusals, ApprovalLinks links) {
        this.gate = gate;
        this.refusals = refusals;
        this.links = links;
    }

    /** @throws InputRequiredException if the client must be asked for something first */
    CallToolResult run(McpTool tool, ToolCall call, ToolContext context) throws InputRequiredException {
        try {
            ToolOutcome outcome = tool.prepare(call.arguments()).run(context);
            gate.noteIfAsked(context.caller(), tool.action(), call, outcome);
            return result(tool, context, outcome);
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

    private CallToolResult result(McpTool tool, ToolContext context, ToolOutcome outcome)
            throws InputRequiredException {
        if (outcome instanceof Ran ran) {
            return ran.result();
        }
        if (outcome instanceof Refused refused) {
            return ToolResults.error(
                    refusals.sentence(context.occasion(), context.caller(), tool.action(), refused.refusal()));
        }
        Approval approval = ((Awaits) outcome).approval();
        refusals.asked(context.occasion(), context.caller(), tool.action(), approval.id());
        return ask(context, approval);
    }

    /**
     * Sends the person to where they can decide. What a client says about that counts for nothing: the call is decided
     * anew when it comes again.
     */
    private CallToolResult ask(ToolContext context, Approval approval) throws InputRequiredException {
        UrlQuestion question = new UrlQuestion(approval, links.to(approval.id()));
        if (question.declinedIn(context.roundTrip())) {
            return ToolResults.error(UrlQuestion.DECLINED);
        }
        if (UrlQuestion.canBeAsked(context.roundTrip())) {
            throw question.toClient();
        }
        return ToolResults.error(question.inWords());
    }

    private static CallToolResult logged(ToolContext context, RuntimeException thrown, CallToolResult answer) {
        LOG.log(System.Logger.Level.ERROR, "Tool call of request " + context.correlationId() + " failed", thrown);
        return answer;
    }
}
