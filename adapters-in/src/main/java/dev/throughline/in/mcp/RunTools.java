package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Questions.Effect;
import dev.throughline.conversation.Tools;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.in.mcp.ToolCallGate.Next;
import dev.throughline.in.mcp.ToolOutcome.Awaits;
import dev.throughline.in.mcp.ToolOutcome.Ran;
import dev.throughline.in.mcp.ToolOutcome.Refused;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.RateLimits;
import dev.throughline.order.InvalidValueException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tools of the endpoint for agents whose calls a run of ours carries out: the same tools, limits, decisions and
 * records, without a token of the agent.
 */
@Dependent
class RunTools implements Tools {
    private static final System.Logger LOG = System.getLogger(RunTools.class.getName());
    private static final Output NO_SUCH_TOOL = new Output("There is no tool of this name.", false);

    private final Map<String, McpTool> tools;
    private final ToolCallGate gate;
    private final RateLimits limits;
    private final Refusals refusals;

    @Inject
    RunTools(OrderTools tools, ToolCallGate gate, RateLimits limits, Refusals refusals) {
        this.tools = tools.all().stream()
                .collect(Collectors.toUnmodifiableMap(tool -> tool.definition().name(), Function.identity()));
        this.gate = gate;
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    public Result call(Caller caller, Request request) {
        return serve(caller, request, (tool, prepared, context) -> prepared.run(context));
    }

    @Override
    public Result propose(Caller caller, Request request) {
        return serve(caller, request, (tool, prepared, context) -> {
            Optional<ToolOutcome> proposed = prepared.propose(context);
            return proposed.isPresent()
                    ? proposed.get()
                    : gate.ask(
                            caller,
                            tool.action(),
                            call(request),
                            new Effect(request.arguments(), Optional.empty(), Optional.empty()));
        });
    }

    private Result serve(Caller caller, Request request, Work work) {
        McpTool tool = tools.get(request.tool());
        if (tool == null) {
            return new Ended(NO_SUCH_TOOL, Optional.empty());
        }
        ToolContext context = new ToolContext(caller, Occasion.ofRun(request.correlationId()), RoundTrip.NONE);
        try {
            limits.tool(caller, tool.action(), context.occasion());
            return decided(tool, request, context, work);
        } catch (ProblemException wait) {
            return new Ended(new Output(wait.problem().detail(), false), Optional.empty());
        } catch (Unavailable e) {
            return logged(context, e, ToolResults.UNAVAILABLE);
        } catch (RuntimeException e) {
            return logged(context, e, ToolResults.FAILED);
        }
    }

    private Result decided(McpTool tool, Request request, ToolContext context, Work work) {
        McpTool.Operation prepared;
        try {
            prepared = tool.prepare(request.arguments());
        } catch (InvalidValueException e) {
            Decision decision = gate.decide(context.caller(), tool.action(), call(request), Next.NOTHING);
            return decision instanceof Permit || decision instanceof NeedsApproval
                    ? new Ended(new Output(e.getMessage(), false), Optional.empty())
                    : refused(tool, context, (Refusal) decision);
        }
        Next next = tool.asksFirst() ? Next.ASKS_FIRST : Next.RUNS;
        Decision decision = gate.decide(context.caller(), tool.action(), call(request), next);
        return decision instanceof Permit || decision instanceof NeedsApproval && tool.asksFirst()
                ? done(tool, prepared, context, request, decision, work)
                : refused(tool, context, (Refusal) decision);
    }

    private Result done(
            McpTool tool,
            McpTool.Operation prepared,
            ToolContext context,
            Request request,
            Decision decision,
            Work work) {
        try {
            ToolOutcome outcome = work.on(tool, prepared, context);
            gate.noteIfAsked(context.caller(), tool.action(), call(request), outcome);
            if (outcome instanceof Ran ran) {
                return new Ended(
                        output(ran.result()),
                        ran.approved().<Decision>map(permit -> permit).or(() -> Optional.of(decision)));
            }
            if (outcome instanceof Awaits awaits) {
                refusals.asked(
                        context.occasion(),
                        context.caller(),
                        tool.action(),
                        awaits.approval().id());
                return new Asked(awaits.approval());
            }
            return refused(tool, context, ((Refused) outcome).refusal());
        } catch (ToolErrorException | InvalidValueException e) {
            return new Ended(new Output(e.getMessage(), false), Optional.of(decision));
        } catch (InputRequiredException e) {
            throw new IllegalStateException("The order desk asks nobody but the person", e);
        }
    }

    private Result refused(McpTool tool, ToolContext context, Refusal refusal) {
        String sentence = refusals.sentence(context.occasion(), context.caller(), tool.action(), refusal);
        return refusal instanceof NeedsConsent needs
                ? new Unconsented(needs)
                : new Ended(new Output(sentence, false), Optional.of(refusal));
    }

    private static Result logged(ToolContext context, RuntimeException thrown, String sentence) {
        LOG.log(System.Logger.Level.ERROR, "Tool call of request " + context.correlationId() + " failed", thrown);
        return new Ended(new Output(sentence, false), Optional.empty());
    }

    private static ToolCall call(Request request) {
        return new ToolCall(request.tool(), request.arguments());
    }

    private static Output output(CallToolResult result) {
        return new Output(ToolResults.forAgent(result), !Boolean.TRUE.equals(result.isError()));
    }

    /** What is done with a call once it may be. */
    private interface Work {
        ToolOutcome on(McpTool tool, McpTool.Operation prepared, ToolContext context)
                throws ToolErrorException, InputRequiredException;
    }
}
