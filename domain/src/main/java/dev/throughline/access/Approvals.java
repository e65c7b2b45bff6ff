package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: what people were asked to approve and how they answered, shared by all instances. */
public interface Approvals {

    /** How many questions of one agent may wait for the same person. */
    int MOST_PENDING = 5;

    /** How many approvals {@link #of} shows at most. */
    int MOST_SHOWN = 100;

    /**
     * The approval that decides about a proposal now: a no to the same, else an unused yes to exactly this, else a
     * question that waits about exactly this; none of them expired.
     */
    Optional<Approval> about(Proposal proposal, Instant now);

    /**
     * Asks, unless {@link #MOST_PENDING} questions of the agent wait for the person. Whether the question is a new one
     * or was asked before, it is on record in the same transaction.
     *
     * @param caller for whom an agent acts
     * @return the question that is kept, which is an earlier one where the same has been asked and waits; empty where
     *     too many wait
     */
    Optional<Approval> ask(Caller caller, Approval question, Instant now);

    /** The approval of this id, if it is that person's. */
    Optional<Approval> find(User user, ApprovalId id);

    /** A person's approvals that were asked for since a moment, the newest first. */
    List<Approval> of(User user, Instant since);

    /**
     * Answers a question that waits and has not expired, and records it in the same transaction.
     *
     * @param permit the person's, to answer
     * @param state {@code APPROVED} or {@code DENIED}
     * @return whether it was answered by this call; of several at once exactly one succeeds
     */
    boolean answer(Permit permit, ApprovalId id, Approval.State state, Instant now);

    /**
     * Takes an unused yes back, and records it in the same transaction: from now on it is a no. What has been used, or
     * never answered, stays.
     *
     * @param permit the person's, for what withdraws it
     */
    void withdraw(Permit permit, ApprovalId id, Instant now);

    /** Forgets the approvals that expired before a moment. */
    void forgetBefore(Instant moment);
}
