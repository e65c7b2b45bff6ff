package dev.throughline.access;

import dev.throughline.access.Decision.Deny;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks people to approve what an agent wants to do for them, and decides by how they answered. */
public final class Questions {
    private static final String NEEDS_APPROVAL = "needs_approval";
    private static final String APPROVAL_NEEDED = "approval_needed";

    private final AccessPolicy policy;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Clock clock;

    public Questions(AccessPolicy policy, Approvals approvals, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.approvals = approvals;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the person is shown.
     *
     * @param arguments the arguments of the call
     * @param before the row as it is; empty for a new one
     * @param after the row as it would be; empty if it would be gone
     */
    public record Effect(
            Map<String, @Nullable Object> arguments,
            Optional<Map<String, Object>> before,
            Optional<Map<String, Object>> after) {}

    /** The decision about a proposal, by what the person has answered to it so far. */
    public Decision decide(Caller caller, Facts facts, Proposal proposal) {
        Instant now = clock.instant();
        return policy.decide(caller, proposal.action(), facts.answered(proposal, approvals.about(proposal, now)), now);
    }

    /**
     * Asks the person, and goes on with the question that waits for them, or with the reason why nobody was asked: a no
     * to the same still stands, or too many other questions wait. Either is on record then.
     *
     * @param caller for whom the agent acts
     */
    public <T> T ask(
            Caller caller, Proposal proposal, Effect effect, Function<Approval, T> asked, Function<Deny, T> refused) {
        Instant now = clock.instant();
        Optional<Approval> known = approvals.about(proposal, now);
        if (known.filter(answer -> answer.forbids(proposal, now)).isPresent()) {
            return refused.apply(refusal(caller, proposal, effect, DenyReason.APPROVAL_DENIED));
        }
        if (known.isPresent()) {
            audit.record(asked(caller, known.get()));
            return asked.apply(known.get());
        }
        Approval question = new Approval(
                new ApprovalId(UUID.randomUUID()),
                proposal,
                effect.arguments(),
                effect.before(),
                effect.after(),
                Approval.State.PENDING,
                now.plus(Approval.LIFE));
        return approvals
                .ask(caller, question, now)
                .map(asked)
                .orElseGet(() -> refused.apply(refusal(caller, proposal, effect, DenyReason.APPROVALS_WAIT)));
    }

    /** The record of a question that a person is asked, or has been asked before. */
    public static AuditEntry asked(Caller caller, Approval question) {
        Proposal proposal = question.proposal();
        AuditEntry entry = AuditEntry.of(
                        caller, proposal.action().tool(), NEEDS_APPROVAL, APPROVAL_NEEDED, AuditEntry.ASKED)
                .digest(Optional.of(proposal.argumentsDigest()))
                .approval(Optional.of(question.id()));
        return about(entry, question.before(), proposal);
    }

    private Deny refusal(Caller caller, Proposal proposal, Effect effect, DenyReason reason) {
        Deny deny = new Deny(reason);
        AuditEntry entry =
                AuditEntry.refused(caller, proposal.action(), deny).digest(Optional.of(proposal.argumentsDigest()));
        audit.record(about(entry, effect.before(), proposal));
        return deny;
    }

    private static AuditEntry about(AuditEntry entry, Optional<Map<String, Object>> before, Proposal proposal) {
        return before.map(row -> row.get("id"))
                .map(id -> proposal.version().isPresent()
                        ? entry.about(id.toString(), proposal.version().getAsLong())
                        : entry.about(id.toString()))
                .orElse(entry);
    }
}
