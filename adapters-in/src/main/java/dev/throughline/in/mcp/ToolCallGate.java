package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Proposal;
import dev.throughline.access.Questions;
import dev.throughline.access.Questions.Effect;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.mcp.Message.ToolCall;
import dev.throughline.in.mcp.ToolOutcome.Awaits;
import dev.throughline.in.mcp.ToolOutcome.Ran;
import dev.throughline.in.mcp.ToolOutcome.Refused;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Decides a tool call before anything of it runs, and records what was decided, permitted or not: the trail of a
 * conversation finds its evidence here.
 */
@Dependent
class ToolCallGate {
    /** What happens to a call that the policy does not refuse. */
    enum Next {
        /** Nothing, since its arguments are not such as the tool takes; no record may say that it was permitted. */
        NOTHING,
        /** It runs, unless the person must approve it first. */
        RUNS,
        /** It runs, or asks the person to approve it first and says so to {@link ToolCallGate#noteIfAsked}. */
        ASKS_FIRST
    }

    private static final System.Logger LOG = System.getLogger(ToolCallGate.class.getName());
    private static final String ARGUMENTS_INVALID = "arguments_invalid";

    /** What gets no further than here: all else has a use case, which records what came of it. */
    private static final Set<Action> AT_THE_GATE = EnumSet.of(Action.WHO_AM_I, Action.CHECK_HEALTH);

    private final AccessPolicy policy;
    private final Questions questions;
    private final ToolCallLog log;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    ToolCallGate(AccessPolicy policy, Questions questions, ToolCallLog log, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.questions = questions;
        this.log = log;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a tool is shown to a caller at all. */
    boolean offers(Caller caller, Action action) {
        return policy.offers(caller, action, Door.MCP);
    }

    /**
     * The policy's decision, once it is on record. Where the person is asked to approve first, the record waits for
     * what they have said: see {@link #noteIfAsked}.
     */
    Decision decide(Caller caller, Action action, ToolCall call, Next next) {
        Instant now = clock.instant();
        Decision decision = policy.decide(caller, action, Facts.at(Door.MCP), now);
        if (next == Next.NOTHING && (decision instanceof Permit || decision instanceof NeedsApproval)) {
            log.record(verified(caller, call, now, "deny", ARGUMENTS_INVALID, Optional.empty()));
            audit.record(AuditEntry.of(caller, action.tool(), "deny", ARGUMENTS_INVALID, AuditEntry.REFUSED)
                    .digest(digest(call)));
        } else if (decision instanceof Permit && !action.writes()) {
            // Who only reads does not wait for the disk; a change and a refusal are on it before anybody hears of them.
            log.recordSoon(verified(caller, call, now, decision.name(), decision.rule(), Optional.empty()));
            if (AT_THE_GATE.contains(action)) {
                audit.recordSoon(AuditEntry.of((Permit) decision, AuditEntry.DONE));
            }
        } else if (!(decision instanceof NeedsApproval) || next != Next.ASKS_FIRST) {
            log.record(verified(caller, call, now, decision.name(), decision.rule(), Optional.empty()));
            if (decision instanceof Refusal refusal) {
                audit.record(AuditEntry.refused(caller, action, refusal).digest(digest(call)));
            }
        }
        return decision;
    }

    /** Keeps what came of a call that needed an approval; the approval itself is on record with the change. */
    void noteIfAsked(Caller caller, Action action, ToolCall call, ToolOutcome outcome) {
        if (outcome instanceof Ran ran && ran.approved().isPresent()) {
            noteDone(caller, call, ran.approved().get());
            return;
        }
        Instant now = clock.instant();
        Decision decision = policy.decide(caller, action, Facts.at(Door.MCP), now);
        if (decision instanceof NeedsApproval) {
            Decision known = outcome instanceof Refused refused ? refused.refusal() : decision;
            log.record(verified(caller, call, now, known.name(), known.rule(), Optional.empty()));
        }
    }

    /** The change is on disk, with its approval: whoever were told anything else would have it made again. */
    private void noteDone(Caller caller, ToolCall call, Permit permit) {
        try {
            log.record(verified(caller, call, clock.instant(), permit.name(), permit.rule(), permit.approval()));
        } catch (Unavailable e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "What was done by approval "
                            + permit.approval().map(ApprovalId::toString).orElse("none") + " was not recorded",
                    e);
        }
    }

    /** Asks the person about a call of which there is no more to show than its arguments. */
    ToolOutcome ask(Caller caller, Action action, ToolCall call, Effect effect) {
        Proposal proposal = Proposal.of(caller, action, ArgumentsDigest.of(call.arguments()), OptionalLong.empty());
        return questions.ask(caller, proposal, effect, Awaits::new, Refused::new);
    }

    private static Optional<String> digest(ToolCall call) {
        return Optional.of(ArgumentsDigest.of(call.arguments()));
    }

    private VerifiedToolCall verified(
            Caller caller, ToolCall call, Instant now, String decision, String rule, Optional<ApprovalId> approval) {
        return new VerifiedToolCall(
                UUID.randomUUID(),
                caller.tenant(),
                caller.person().map(User::id),
                caller.actingAgent().map(Agent::name),
                caller.client(),
                caller.credential().audience(),
                caller.scopes().stream().map(Scope::claim).collect(Collectors.toSet()),
                call.tool(),
                ArgumentsDigest.of(call.arguments()),
                decision,
                rule,
                approval,
                now,
                Optional.of(caller.credential().origin().arrival().id()));
    }
}
