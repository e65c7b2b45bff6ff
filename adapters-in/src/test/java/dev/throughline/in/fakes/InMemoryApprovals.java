package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.ApprovalSpentException;
import dev.throughline.access.Approvals;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Proposal;
import dev.throughline.access.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Approvals in a map, the oldest first. */
public final class InMemoryApprovals implements Approvals {
    private final Map<ApprovalId, Approval> approvals = new LinkedHashMap<>();
    private boolean disconnected;

    /** Lets the next calls fail. */
    public synchronized void disconnect() {
        disconnected = true;
    }

    /** Puts one there that nobody had to ask for, or in place of one that is there. */
    public synchronized void put(Approval approval) {
        approvals.put(approval.id(), approval);
    }

    /** All that was asked, the oldest first. */
    public synchronized List<Approval> all() {
        return List.copyOf(approvals.values());
    }

    /** What whoever makes a change does in the same transaction. */
    synchronized void use(ApprovalId id, Instant now) {
        Approval approval = approvals.get(id);
        if (approval.state() != State.APPROVED || approval.expiredAt(now)) {
            throw new ApprovalSpentException();
        }
        put(approval.in(State.USED));
    }

    @Override
    public synchronized Optional<Approval> about(Proposal proposal, Instant now) {
        connect();
        return live(State.DENIED, now)
                .filter(approval -> approval.proposal().asksTheSameAs(proposal))
                .findFirst()
                .or(() -> exactly(State.APPROVED, proposal, now))
                .or(() -> exactly(State.PENDING, proposal, now));
    }

    @Override
    public synchronized Optional<Approval> ask(Caller caller, Approval question, Instant now) {
        connect();
        Proposal asked = question.proposal();
        Optional<Approval> earlier = exactly(State.PENDING, asked, now);
        long waiting = live(State.PENDING, now)
                .map(Approval::proposal)
                .filter(other -> other.tenant().equals(asked.tenant())
                        && other.user().equals(asked.user())
                        && other.agent().equals(asked.agent()))
                .count();
        if (earlier.isPresent() || waiting >= MOST_PENDING) {
            return earlier;
        }
        put(question);
        return Optional.of(question);
    }

    @Override
    public synchronized Optional<Approval> find(User user, ApprovalId id) {
        connect();
        return Optional.ofNullable(approvals.get(id)).filter(approval -> isOf(user, approval));
    }

    @Override
    public synchronized List<Approval> of(User user, Instant since) {
        connect();
        List<Approval> own = new ArrayList<>(approvals.values().stream()
                .filter(approval -> isOf(user, approval))
                .filter(approval -> !approval.expiresAt().minus(Approval.LIFE).isBefore(since))
                .toList());
        Collections.reverse(own);
        return own.stream().limit(MOST_SHOWN).toList();
    }

    @Override
    public synchronized boolean answer(Permit permit, ApprovalId id, State state, Instant now) {
        Optional<Approval> waits = find(permit.user(), id)
                .filter(approval -> approval.state() == State.PENDING)
                .filter(approval -> !approval.expiredAt(now));
        waits.ifPresent(approval -> put(approval.in(state)));
        return waits.isPresent();
    }

    @Override
    public synchronized void withdraw(Permit permit, ApprovalId id, Instant now) {
        find(permit.user(), id)
                .filter(approval -> approval.state() == State.APPROVED && !approval.expiredAt(now))
                .ifPresent(approval -> put(approval.in(State.DENIED)));
    }

    @Override
    public synchronized void forgetBefore(Instant moment) {
        approvals.values().removeIf(approval -> approval.expiresAt().isBefore(moment));
    }

    private Optional<Approval> exactly(State state, Proposal proposal, Instant now) {
        return live(state, now)
                .filter(approval -> approval.proposal().equals(proposal))
                .findFirst();
    }

    private Stream<Approval> live(State state, Instant now) {
        return approvals.values().stream().filter(approval -> approval.state() == state && !approval.expiredAt(now));
    }

    private static boolean isOf(User user, Approval approval) {
        return approval.proposal().tenant().equals(user.tenant())
                && approval.proposal().user().equals(user.id());
    }

    private void connect() {
        if (disconnected) {
            throw new Unavailable("database", new IllegalStateException("secret detail"));
        }
    }
}
