package dev.throughline.access;

import dev.throughline.access.Caller.AgentAsItself;
import dev.throughline.access.Caller.UserDirectly;
import dev.throughline.access.Caller.UserThroughAgent;
import dev.throughline.access.Caller.UserThroughRun;
import dev.throughline.access.Caller.UserThroughUnknownAgent;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Facts.Answered;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what a caller may do: what the person may do <em>and</em> the agent may do <em>and</em> was approved, never
 * one of them alone. Pure and total, so that the same question always has the same answer, wherever it is asked.
 *
 * <p>The first refusal counts, in this order: tenant, kind of caller, scope, role, grant, consent, ownership, approval.
 * No state of an order forbids anything at this desk; a rule about one would stand before the approval.
 */
public final class AccessPolicy {

    /**
     * The answer for one action. A permit carries the rows that it covers; where the facts name a row, it is one of
     * them. A row is thus refused exactly if a list would leave it out.
     *
     * @param now decides whether the caller's token is still good
     */
    public Decision decide(Caller caller, Action action, Facts facts, Instant now) {
        RowFilter rows = rows(caller, reach(caller, action));
        return byTenant(caller, facts)
                .or(() -> byTime(caller, now))
                .or(() -> byKind(caller, action, facts.door()))
                .or(() -> byScope(caller, action))
                .or(() -> byRole(caller, action))
                .or(() -> byGrant(caller, action))
                .or(() -> byPartner(caller, facts))
                .or(() -> byConsent(caller))
                .or(() -> byOwnership(rows, facts))
                .or(() -> bySomebodyToAsk(caller, action))
                .or(() -> byApproval(caller, action, rows, facts, now))
                .<Decision>map(refusal -> refusal)
                .orElseGet(() -> new Permit(caller, action, rows, rule(action, rows), approval(caller, action, facts)));
    }

    /**
     * Whether an action should be offered to a caller at all, whether or not the token has the scope yet: a client can
     * only ask for a scope that it knows of.
     */
    public boolean offers(Caller caller, Action action, Door door) {
        return byKind(caller, action, door)
                .or(() -> byRole(caller, action))
                .or(() -> byGrant(caller, action))
                .or(() -> bySomebodyToAsk(caller, action))
                .isEmpty();
    }

    private static Optional<Refusal> byTenant(Caller caller, Facts facts) {
        boolean foreign =
                facts.row().filter(row -> !row.tenant().equals(caller.tenant())).isPresent();
        return denyIf(foreign, DenyReason.OTHER_TENANT);
    }

    private static Optional<Refusal> byTime(Caller caller, Instant now) {
        return denyIf(!caller.provenAt(now), DenyReason.SIGN_IN_ENDED);
    }

    private static Optional<Refusal> byKind(Caller caller, Action action, Door door) {
        if (caller.actingAgent().filter(Agent::shared).isPresent()) {
            return deny(DenyReason.AGENT_IDENTITY_SHARED);
        }
        if (ownRight(caller)) {
            return Optional.empty();
        }
        if (door != Door.MCP) {
            return deny(caller.person().isPresent() ? DenyReason.MCP_ONLY : DenyReason.USER_REQUIRED);
        }
        return denyIf(!PolicyTables.reads(action), DenyReason.READING_ONLY);
    }

    private static Optional<Refusal> byScope(Caller caller, Action action) {
        return ownRight(caller) && !action.coveredBy(caller.scopes())
                ? Optional.of(new NeedsScope(Set.of(action.scope().orElse(Scope.ORDERS_READ))))
                : Optional.empty();
    }

    private static Optional<Refusal> byRole(Caller caller, Action action) {
        return denyIf(reach(caller, action) == Reach.NONE, DenyReason.ROLE_NOT_SUFFICIENT);
    }

    private static Optional<Refusal> byGrant(Caller caller, Action action) {
        if (!chatGranted(caller, action)) {
            return deny(DenyReason.APP_MAY_NOT_CHAT);
        }
        boolean granted = toolGranted(caller, action)
                && (action.grantable() || caller.actingAgent().isEmpty());
        return denyIf(!granted, DenyReason.TOOL_NOT_GRANTED);
    }

    private static Optional<Refusal> byOwnership(RowFilter rows, Facts facts) {
        boolean hidden = facts.row()
                .filter(row -> !rows.covers(row.tenant(), row.owner()))
                .isPresent();
        return denyIf(hidden, DenyReason.NOT_OWNER);
    }

    /** Whom a person may talk to: nobody who hides who acts, or who would lend them eyes of its own. */
    private static Optional<Refusal> byPartner(Caller caller, Facts facts) {
        return facts.partner().flatMap(partner -> {
            Agent agent = partner.agent();
            if (!agent.chats()) {
                return deny(DenyReason.NOT_A_CHAT_AGENT);
            }
            if (agent.shared()) {
                return deny(DenyReason.AGENT_IDENTITY_SHARED);
            }
            if (agent.actsAsItself() && !seesAllOf(agent, caller)) {
                return deny(DenyReason.ACTS_AS_ITSELF);
            }
            if (!partner.reachable()) {
                return deny(DenyReason.PASSTHROUGH_OFF);
            }
            return denyIf(partner.consent() == Consent.REVOKED, DenyReason.CONSENT_REVOKED);
        });
    }

    private static boolean seesAllOf(Agent agent, Caller caller) {
        return Stream.of(Action.values())
                .filter(action -> agent.grant().toolsAsItself().contains(action.tool()))
                .filter(action -> !PolicyTables.open(action))
                .allMatch(action -> reach(caller, action) == Reach.TENANT && action.coveredBy(caller.scopes()));
    }

    /**
     * A token says that somebody consented once; for what our own run does there is no token, so that it must be said.
     */
    private static Optional<Refusal> byConsent(Caller caller) {
        Consent consent = caller.consent().orElse(Consent.ALLOWED);
        if (consent == Consent.REVOKED) {
            return deny(DenyReason.CONSENT_REVOKED);
        }
        if (caller instanceof UserThroughRun run && consent != Consent.ALLOWED) {
            return Optional.of(new NeedsConsent(run.agent().name(), run.agent().scopes()));
        }
        return denyIf(consent == Consent.DENIED, DenyReason.CONSENT_REVOKED);
    }

    /** What needs an approval needs somebody who could give one. */
    private static Optional<Refusal> bySomebodyToAsk(Caller caller, Action action) {
        return denyIf(caller instanceof AgentAsItself && needsApproval(caller, action), DenyReason.USER_REQUIRED);
    }

    private static Optional<Refusal> byApproval(
            Caller caller, Action action, RowFilter rows, Facts facts, Instant now) {
        if (!needsApproval(caller, action)) {
            return Optional.empty();
        }
        Optional<Approval> approval = approval(caller, action, facts);
        Optional<Proposal> proposal = facts.answered().map(Answered::proposal);
        if (approval.filter(given -> given.allows(proposal.orElseThrow(), now)).isPresent()
                && rulesAreThose(proposal.orElseThrow())) {
            return Optional.empty();
        }
        if (approval.filter(given -> given.forbids(proposal.orElseThrow(), now)).isPresent()) {
            return deny(DenyReason.APPROVAL_DENIED);
        }
        return Optional.of(
                new NeedsApproval(new Permit(caller, Action.READ_ORDER, rows, rule(action, rows), Optional.empty())));
    }

    private static boolean needsApproval(Caller caller, Action action) {
        return caller.actingAgent()
                .filter(agent -> agent.grant().toolsNeedingApproval().contains(action.tool()))
                .isPresent();
    }

    /**
     * What was answered about what this caller wants to do now; whatever is about something else counts for nothing.
     */
    private static Optional<Approval> approval(Caller caller, Action action, Facts facts) {
        return needsApproval(caller, action)
                ? facts.answered()
                        .filter(answered -> answered.proposal().isOf(caller, action))
                        .flatMap(Answered::approval)
                : Optional.empty();
    }

    private static boolean rulesAreThose(Proposal proposal) {
        return proposal.policyVersion().equals(PolicyVersion.CURRENT);
    }

    /** Whether scopes and roles of ours say what the caller may do; else it is confined to reading over MCP. */
    private static boolean ownRight(Caller caller) {
        return !(caller instanceof UserThroughUnknownAgent) && !(caller instanceof AgentAsItself);
    }

    /** The chat, and what an agent does in a run that was opened there, are for people in an app that may approve. */
    private static boolean chatGranted(Caller caller, Action action) {
        if (caller instanceof UserThroughRun run) {
            return run.app().mayApprove() && !action.personal();
        }
        return !action.personal()
                || (caller instanceof UserDirectly direct && direct.app().mayApprove());
    }

    private static boolean toolGranted(Caller caller, Action action) {
        if (caller instanceof UserThroughAgent through) {
            return through.agent().grant().tools().contains(action.tool());
        }
        if (caller instanceof UserThroughRun run) {
            // The token is the chat's and allows all that the chat asks for; the agent must ask for it, too.
            return run.agent().grant().tools().contains(action.tool())
                    && action.coveredBy(run.agent().scopes());
        }
        if (caller instanceof AgentAsItself itself) {
            return itself.agent().grant().toolsAsItself().contains(action.tool());
        }
        return true;
    }

    private static Reach reach(Caller caller, Action action) {
        if (PolicyTables.open(action) || caller instanceof UserThroughUnknownAgent) {
            return Reach.OWN;
        }
        return caller.person()
                .map(user -> user.roles().stream()
                        .map(role -> PolicyTables.reach(role, action))
                        .max(Comparator.naturalOrder())
                        .orElse(Reach.NONE))
                // An agent as itself has no role; its grant stands for one.
                .orElse(Reach.TENANT);
    }

    private static RowFilter rows(Caller caller, Reach reach) {
        return new RowFilter(
                caller.tenant(),
                switch (reach) {
                    case NONE, OWN -> Optional.of(new UserId(caller.objectId()));
                    case TENANT -> Optional.empty();
                });
    }

    private static String rule(Action action, RowFilter rows) {
        if (PolicyTables.open(action)) {
            return "any_valid_caller";
        }
        return rows.owner().isPresent() ? "own_rows" : "tenant_rows";
    }

    private static Optional<Refusal> denyIf(boolean applies, DenyReason reason) {
        return applies ? deny(reason) : Optional.empty();
    }

    private static Optional<Refusal> deny(DenyReason reason) {
        return Optional.of(new Deny(reason));
    }
}
