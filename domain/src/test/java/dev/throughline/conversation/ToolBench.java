package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditLog;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Proposal;
import dev.throughline.access.Questions;
import dev.throughline.trail.ArgumentsDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tools that do nothing but count, after the policy and the person were asked as for real ones. */
final class ToolBench implements Tools {
    private final AccessPolicy policy;
    private final Questions questions;
    private final BookOfApprovals approvals;
    private final Clock clock;

    /** What was carried out, in its order. */
    final List<String> done = new ArrayList<>();

    final List<Caller> callers = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();

    /** The version of every row. */
    long version = 1;

    /** What happens when something has been carried out, before anybody is told. */
    Runnable afterwards = () -> {};

    ToolBench(AccessPolicy policy, BookOfApprovals approvals, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.questions = new Questions(policy, approvals, audit, clock);
        this.approvals = approvals;
        this.clock = clock;
    }

    @Override
    public Result call(Caller caller, Request request) {
        noted(caller, request);
        return action(request).map(action -> call(caller, action, request)).orElseGet(ToolBench::unknown);
    }

    private Result call(Caller caller, Action action, Request request) {
        Proposal proposal = proposal(caller, action, request);
        Decision decision = questions.decide(caller, Facts.at(Door.CHAT), proposal);
        if (decision instanceof Permit permit) {
            permit.approval().ifPresent(id -> approvals.use(id, clock.instant()));
            done.add(request.tool());
            afterwards.run();
            return new Ended(new Output(request.tool() + " done", true), permit);
        }
        return decision instanceof NeedsApproval ? ask(caller, proposal, request) : refused(decision);
    }

    @Override
    public Result propose(Caller caller, Request request) {
        noted(caller, request);
        return action(request)
                .map(action -> {
                    Decision decision = policy.decide(caller, action, Facts.at(Door.CHAT), clock.instant());
                    return decision instanceof NeedsApproval || decision instanceof Permit
                            ? ask(caller, proposal(caller, action, request), request)
                            : refused(decision);
                })
                .orElseGet(ToolBench::unknown);
    }

    private void noted(Caller caller, Request request) {
        callers.add(caller);
        requests.add(request);
    }

    private Result ask(Caller caller, Proposal proposal, Request request) {
        return questions.<Result>ask(
                caller,
                proposal,
                new Questions.Effect(request.arguments(), Optional.empty(), Optional.empty()),
                Asked::new,
                ToolBench::refused);
    }

    private static Result refused(Decision decision) {
        return decision instanceof NeedsConsent needs
                ? new Unconsented(needs)
                : new Ended(new Output(decision.rule(), false), decision);
    }

    private static Result unknown() {
        return refused(new Decision.Deny(DenyReason.TOOL_NOT_GRANTED));
    }

    private static Optional<Action> action(Request request) {
        return Arrays.stream(Action.values())
                .filter(action -> action.tool().equals(request.tool()))
                .findFirst();
    }

    private Proposal proposal(Caller caller, Action action, Request request) {
        return Proposal.of(caller, action, ArgumentsDigest.of(request.arguments()), OptionalLong.of(version));
    }
}
