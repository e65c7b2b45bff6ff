package dev.throughline.access;

import dev.throughline.access.Approval.State;
import dev.throughline.access.Decision.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Approvals in memory, kept as the port says. */
public final class BookOfApprovals implements Approvals {
    private final Map<ApprovalId, Approval> approvals = new LinkedHashMap<>();

    /** What happens between somebody's look at an approval and their answer. */
    public Runnable betweenLookAndAnswer = () -> {};

    public void put(Approval approval) {
        approvals.put(approval.id(), approval);
    }

    /** All that was asked, the oldest first. */
    public List<Approval> all() {
        return List.copyOf(approvals.values());
    }

    /** How far an approval has come. */
    public State state(ApprovalId id) {
        return approvals.get(id).state();
    }

    /** What whoever makes a change does in the same transaction. */
    public void use(ApprovalId id, Instant now) {
        Approval approval = approvals.get(id);
        if (approval.state() != State.APPROVED || approval.expiredAt(now)) {
            throw new ApprovalSpentException();
        }
        put(approval.in(State.USED));
    }

    @Override
    public Optional<Approval> about(Proposal proposal, Instant now) {
        return live(State.DENIED, now)
                .filter(approval -> approval.proposal().asksTheSameAs(proposal))
                .findFirst()
                .or(() -> exactly(State.APPROVED, proposal, now))
                .or(() -> exactly(State.PENDING, proposal, now));
    }

    private Optional<Approval> exactly(State state, Proposal proposal, Instant now) {
        return live(state, now)
                .filter(approval -> approval.proposal().equals(proposal))
                .findFirst();
    }

    private Stream<Approval> live(State state, Instant now) {
        return approvals.values().stream().filter(approval -> approval.state() == state && !approval.expiredAt(now));
    }

    @Override
    public Optional<Approval> ask(Caller caller, Approval question, Instant now) {
        Proposal proposal = question.proposal();
        Optional<Approval> earlier = exactly(State.PENDING, proposal, now);
        long waiting = live(State.PENDING, now)
                .map(Approval::proposal)
                .filter(other -> other.tenant().equals(proposal.tenant())
                        && other.user().equals(proposal.user())
                        && other.agent().equals(proposal.agent()))
                .count();
        if (earlier.isPresent() || waiting >= MOST_PENDING) {
            return earlier;
        }
        put(question);
        return Optional.of(question);
    }

    @Override
    public Optional<Approval> find(User user, ApprovalId id) {
        Optional<Approval> found = Optional.ofNullable(approvals.get(id)).filter(approval -> isOf(user, approval));
        Runnable others = betweenLookAndAnswer;
        betweenLookAndAnswer = () -> {};
        others.run();
        return found;
    }

    @Override
    public List<Approval> of(User user, Instant since) {
        List<Approval> own = new ArrayList<>(approvals.values().stream()
                .filter(approval -> isOf(user, approval))
                .filter(approval -> !approval.expiresAt().minus(Approval.LIFE).isBefore(since))
                .toList());
        Collections.reverse(own);
        return own;
    }

    @Override
    public boolean answer(Permit permit, ApprovalId id, State state, Instant now) {
        return answer(permit.user(), id, state, now);
    }

    /** Answers as that person. */
    public boolean answer(User user, ApprovalId id, State state, Instant now) {
        Optional<Approval> waits = Optional.ofNullable(approvals.get(id))
                .filter(approval ->
                        isOf(user, approval) && approval.state() == State.PENDING && !approval.expiredAt(now));
        waits.ifPresent(approval -> put(approval.in(state)));
        return waits.isPresent();
    }

    @Override
    public void withdraw(Permit permit, ApprovalId id, Instant now) {
        User user = permit.user();
        Optional.ofNullable(approvals.get(id))
                .filter(approval ->
                        isOf(user, approval) && approval.state() == State.APPROVED && !approval.expiredAt(now))
                .ifPresent(approval -> put(approval.in(State.DENIED)));
    }

    @Override
    public void forgetBefore(Instant moment) {
        approvals.values().removeIf(approval -> approval.expiresAt().isBefore(moment));
    }

    private static boolean isOf(User user, Approval approval) {
        return approval.proposal().tenant().equals(user.tenant())
                && approval.proposal().user().equals(user.id());
    }
}
