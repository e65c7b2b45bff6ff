package dev.throughline.in.mcp;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Decides a tool call before anything of it runs, and records what was decided, permitted or not: the trail of a
 * conversation finds its evidence here.
 */
@Dependent
class ToolCallGate {
    private static final String ARGUMENTS_INVALID = "arguments_invalid";

    private final AccessPolicy policy;
    private final ToolCallLog log;
    private final Clock clock;

    @Inject
    ToolCallGate(AccessPolicy policy, ToolCallLog log, Clock clock) {
        this.policy = policy;
        this.log = log;
        this.clock = clock;
    }

    /** Whether a tool is shown to a caller at all. */
    boolean offers(Caller caller, Action action) {
        return policy.offers(caller, action, Door.MCP);
    }

    /**
     * The policy's decision, once it is on record.
     *
     * @param wellFormed whether the arguments are such as the tool takes; if not, nothing will run, and no record may
     *     say that something was permitted to
     */
    Decision decide(Caller caller, Action action, ToolCall call, boolean wellFormed) {
        Instant now = clock.instant();
        Decision decision = policy.decide(caller, action, Facts.at(Door.MCP), now);
        boolean malformed = decision instanceof Permit && !wellFormed;
        keep(
                action,
                decision,
                new VerifiedToolCall(
                        UUID.randomUUID(),
                        caller.tenant(),
                        caller.person().map(User::id),
                        caller.actingAgent().map(Agent::name),
                        caller.client(),
                        caller.credential().audience(),
                        caller.scopes().stream().map(Scope::claim).collect(Collectors.toSet()),
                        call.tool(),
                        ArgumentsDigest.of(call.arguments()),
                        malformed ? "deny" : name(decision),
                        malformed ? ARGUMENTS_INVALID : decision.rule(),
                        now));
        return decision;
    }

    /** Who only reads does not wait for the disk; a change and a refusal are on it before anybody hears of them. */
    private void keep(Action action, Decision decision, VerifiedToolCall call) {
        if (decision instanceof Permit && !action.writes()) {
            log.recordSoon(call);
        } else {
            log.record(call);
        }
    }

    private static String name(Decision decision) {
        if (decision instanceof Permit) {
            return "permit";
        }
        return decision instanceof NeedsScope ? "needs_scope" : "deny";
    }
}
