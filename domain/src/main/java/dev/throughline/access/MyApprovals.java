package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Use cases: see what agents want one to approve, and answer, each question by itself. Only a person in an app that may
 * approve can; an agent never answers its own question.
 */
public final class MyApprovals {
    /** How long what was asked can be looked up. */
    private static final Duration SHOWN = Duration.ofDays(1);

    private final AccessPolicy policy;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Clock clock;

    public MyApprovals(AccessPolicy policy, Approvals approvals, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.approvals = approvals;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Outcome<T> {}

    public record Done<T>(T value) implements Outcome<T> {}

    /** There is no such approval of this person. */
    public record NoSuchApproval<T>() implements Outcome<T> {}

    /** It was answered before; the first answer stands. */
    public record AnsweredBefore<T>() implements Outcome<T> {}

    /** It is too late for an answer. */
    public record TooLate<T>() implements Outcome<T> {}

    /** The policy refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** The person's questions of the last day, the newest first. */
    public Outcome<List<Approval>> list(Caller caller, Door door) {
        return permitted(caller, door, permit -> {
            List<Approval> shown = approvals.of(permit.user(), clock.instant().minus(SHOWN));
            audit.recordSoon(AuditEntry.of(permit, AuditEntry.LISTED));
            return new Done<>(shown);
        });
    }

    public Outcome<Approval> find(Caller caller, Door door, ApprovalId id) {
        return permitted(
                caller,
                door,
                permit -> found(permit, id, approval -> {
                    audit.recordSoon(AuditEntry.of(permit, AuditEntry.READ).approval(Optional.of(id)));
                    return new Done<>(approval);
                }));
    }

    /** Answers a question; of several answers the first one counts. */
    public Outcome<Approval> answer(Caller caller, Door door, ApprovalId id, boolean approve) {
        return permitted(caller, door, permit -> found(permit, id, approval -> answer(permit, approval, approve)));
    }

    private Outcome<Approval> answer(Permit permit, Approval approval, boolean approve) {
        Instant now = clock.instant();
        Approval.State state = approve ? Approval.State.APPROVED : Approval.State.DENIED;
        if (approvals.answer(permit, approval.id(), state, now)) {
            return new Done<>(approval.in(state));
        }
        boolean late = approval.state() == Approval.State.PENDING && approval.expiredAt(now);
        audit.recordSoon(AuditEntry.of(permit, late ? AuditEntry.TOO_LATE : AuditEntry.ANSWERED_BEFORE)
                .approval(Optional.of(approval.id())));
        return late ? new TooLate<>() : new AnsweredBefore<>();
    }

    private Outcome<Approval> found(Permit permit, ApprovalId id, Function<Approval, Outcome<Approval>> next) {
        Optional<Approval> approval = approvals.find(permit.user(), id);
        return approval.map(next).orElseGet(() -> {
            audit.recordSoon(AuditEntry.of(permit, AuditEntry.NOT_FOUND));
            return new NoSuchApproval<>();
        });
    }

    private <T> Outcome<T> permitted(Caller caller, Door door, Function<Permit, Outcome<T>> next) {
        return policy.decide(caller, Action.APPROVE, Facts.at(door), clock.instant())
                .either(next, refusal -> {
                    audit.record(AuditEntry.refused(caller, Action.APPROVE, refusal));
                    return new Refused<>(refusal);
                });
    }
}
