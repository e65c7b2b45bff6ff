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
    private final AccessPolicy policy;
    private final Approvals approvals;
    private final Clock clock;

    public Questions(AccessPolicy policy, Approvals approvals, Clock clock) {
        this.policy = policy;
        this.approvals = approvals;
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
     * to the same still stands, or too many other questions wait.
     */
    public <T> T ask(Proposal proposal, Effect effect, Function<Approval, T> asked, Function<Deny, T> refused) {
        Instant now = clock.instant();
        Optional<Approval> known = approvals.about(proposal, now);
        if (known.filter(answer -> answer.forbids(proposal, now)).isPresent()) {
            return refused.apply(new Deny(DenyReason.APPROVAL_DENIED));
        }
        Approval question = new Approval(
                new ApprovalId(UUID.randomUUID()),
                proposal,
                effect.arguments(),
                effect.before(),
                effect.after(),
                Approval.State.PENDING,
                now.plus(Approval.LIFE));
        return known.or(() -> approvals.ask(question, now))
                .map(asked)
                .orElseGet(() -> refused.apply(new Deny(DenyReason.APPROVALS_WAIT)));
    }
}
