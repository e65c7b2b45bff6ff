package dev.throughline.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's answer to what an agent wants to do for them, from the question on. Asked and answered once, for one
 * execution of one {@link Proposal}, within {@link #LIFE}.
 *
 * @param id names it
 * @param proposal what it is about
 * @param arguments the arguments of the call, as the person is shown them
 * @param before the row as it was when the agent asked; empty for a new one
 * @param after the row as it would be; empty if it would be gone
 * @param state how far it has come
 * @param expiresAt the first moment at which it is too late, for the answer as for the execution
 */
public record Approval(
        ApprovalId id,
        Proposal proposal,
        Map<String, @Nullable Object> arguments,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after,
        State state,
        Instant expiresAt) {

    /** How long a person has to answer, and the agent to do what was approved. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** How far an approval has come. */
    public enum State {
        PENDING,
        APPROVED,
        DENIED,
        /** What was approved has been done. */
        USED
    }

    public Approval {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        before = before.map(Approval::copy);
        after = after.map(Approval::copy);
    }

    /** In the order in which people are shown it. */
    private static Map<String, Object> copy(Map<String, Object> shown) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(shown));
    }

    /** Whether it is too late for it. */
    public boolean expiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** The same, further on. */
    public Approval in(State next) {
        return new Approval(id, proposal, arguments, before, after, next, expiresAt);
    }

    /** Whether a person's yes to exactly this is there and has not been used. */
    boolean allows(Proposal wanted, Instant now) {
        return state == State.APPROVED && proposal.equals(wanted) && !expiredAt(now);
    }

    /** Whether a person's no to this still stands; what has become of the row meanwhile does not matter to a no. */
    boolean forbids(Proposal wanted, Instant now) {
        return state == State.DENIED && proposal.asksTheSameAs(wanted) && !expiredAt(now);
    }
}
