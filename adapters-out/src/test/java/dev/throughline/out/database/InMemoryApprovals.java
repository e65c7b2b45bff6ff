package dev.throughline.out.database;

import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.ApprovalSpentException;
import dev.throughline.access.Approvals;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Proposal;
import dev.throughline.access.User;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Approvals that are forgotten with the test. */
final class InMemoryApprovals implements Approvals {
    private final Map<ApprovalId, Asked> approvals = new LinkedHashMap<>();

    private record Asked(Approval approval, Instant at) {
        boolean of(User user) {
            Proposal proposal = approval.proposal();
            return proposal.tenant().equals(user.tenant()) && proposal.user().equals(user.id());
        }

        boolean in(Approval.State state, Instant now) {
            return approval.state() == state && !approval.expiredAt(now);
        }
    }

    @Override
    public synchronized Optional<Approval> about(Proposal proposal, Instant now) {
        return approvals.values().stream()
                .filter(asked -> asked.in(Approval.State.DENIED, now)
                                && asked.approval().proposal().asksTheSameAs(proposal)
                        || (asked.in(Approval.State.APPROVED, now) || asked.in(Approval.State.PENDING, now))
                                && asked.approval().proposal().equals(proposal))
                .map(Asked::approval)
                .min(Comparator.comparing(approval -> switch (approval.state()) {
                    case DENIED -> 0;
                    case APPROVED -> 1;
                    case PENDING, USED -> 2;
                }));
    }

    @Override
    public synchronized Optional<Approval> ask(Caller caller, Approval question, Instant now) {
        if (question.state() != Approval.State.PENDING) {
            throw new IllegalArgumentException("Nobody is asked what has been answered");
        }
        List<Approval> waiting = approvals.values().stream()
                .filter(asked -> asked.in(Approval.State.PENDING, now))
                .map(Asked::approval)
                .filter(approval -> ofSameAgent(approval.proposal(), question.proposal()))
                .toList();
        Optional<Approval> same = waiting.stream()
                .filter(approval -> approval.proposal().equals(question.proposal()))
                .findFirst();
        if (same.isPresent() || waiting.size() >= MOST_PENDING) {
            return same;
        }
        approvals.put(question.id(), new Asked(question, now));
        return Optional.of(question);
    }

    private static boolean ofSameAgent(Proposal one, Proposal other) {
        return one.tenant().equals(other.tenant())
                && one.user().equals(other.user())
                && one.agent().equals(other.agent());
    }

    @Override
    public synchronized Optional<Approval> find(User user, ApprovalId id) {
        return Optional.ofNullable(approvals.get(id))
                .filter(asked -> asked.of(user))
                .map(Asked::approval);
    }

    @Override
    public synchronized List<Approval> of(User user, Instant since) {
        return approvals.values().stream()
                .filter(asked -> asked.of(user) && !asked.at().isBefore(since))
                .sorted(Comparator.comparing(Asked::at).reversed())
                .map(Asked::approval)
                .limit(MOST_SHOWN)
                .toList();
    }

    @Override
    public synchronized boolean answer(Permit permit, ApprovalId id, Approval.State state, Instant now) {
        User user = permit.user();
        if (state != Approval.State.APPROVED && state != Approval.State.DENIED) {
            throw new IllegalArgumentException("Nobody answers with " + state);
        }
        Asked asked = approvals.get(id);
        if (asked == null || !asked.of(user) || !asked.in(Approval.State.PENDING, now)) {
            return false;
        }
        approvals.put(id, new Asked(asked.approval().in(state), asked.at()));
        return true;
    }

    @Override
    public synchronized void withdraw(Permit permit, ApprovalId id, Instant now) {
        User user = permit.user();
        Asked asked = approvals.get(id);
        if (asked != null && asked.of(user) && asked.in(Approval.State.APPROVED, now)) {
            approvals.put(id, new Asked(asked.approval().in(Approval.State.DENIED), asked.at()));
        }
    }

    @Override
    public synchronized void forgetBefore(Instant moment) {
        approvals.values().removeIf(asked -> asked.approval().expiresAt().isBefore(moment));
    }

    /** Makes a change and uses up the approval that its permit was given by, or does neither. */
    synchronized <T> Optional<T> spending(
            Permit permit, OptionalLong version, Instant now, Supplier<Optional<T>> change) {
        if (permit.approval().isEmpty()) {
            return change.get();
        }
        Asked asked = Optional.ofNullable(approvals.get(permit.approval().get()))
                .filter(known -> known.of(permit.user()) && known.in(Approval.State.APPROVED, now))
                .filter(known -> isFor(known.approval().proposal(), permit, version))
                .orElseThrow(ApprovalSpentException::new);
        Optional<T> changed = change.get();
        if (changed.isPresent()) {
            approvals.put(asked.approval().id(), new Asked(asked.approval().in(Approval.State.USED), asked.at()));
        }
        return changed;
    }

    private static boolean isFor(Proposal proposal, Permit permit, OptionalLong version) {
        return proposal.action() == permit.action()
                && proposal.version().equals(version)
                && permit.caller()
                        .actingAgent()
                        .map(Agent::name)
                        .filter(proposal.agent()::equals)
                        .isPresent();
    }
}
