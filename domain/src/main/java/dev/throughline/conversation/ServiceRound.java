package dev.throughline.conversation;

import dev.throughline.access.Approval;
import dev.throughline.access.Approvals;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Decision;
import dev.throughline.conversation.AgentGateway.ApprovalAnswer;
import dev.throughline.conversation.AgentGateway.ApprovalAnswers;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.Waiting.ForServiceCalls;
import dev.throughline.conversation.Waiting.ServiceCall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers the agent service when it asks whether its agent may make some calls: with what the person says to our own
 * question about exactly these calls, so that one click does for both. A yes to the service alone opens nothing: the
 * call that then comes to our endpoint needs the person's approval all the same.
 */
final class ServiceRound {
    private static final String DONE =
            "What you approved has been done already; it was not done again. Ask the agent how things stand.";
    private static final String PARTLY_DONE =
            "Some of what you approved has been done already; nothing was done again. Ask the agent how things stand.";

    private final Acting acting;
    private final Tools tools;
    private final Approvals approvals;
    private final Clock clock;
    private final String correlationId;
    private final RunListener listener;

    ServiceRound(Acting acting, RunPorts ports, String correlationId, RunListener listener) {
        this.acting = acting;
        this.tools = ports.tools();
        this.approvals = ports.approvals();
        this.clock = ports.clock();
        this.correlationId = correlationId;
        this.listener = listener;
    }

    /** Asks the person; what the policy refuses anyhow, they are not asked about. */
    Next ask(String response, List<Call> calls) {
        return goOn(
                new ForServiceCalls(response, calls.stream().map(this::asked).toList()));
    }

    private ServiceCall asked(Call call) {
        Tools.Result result =
                tools.propose(acting.caller(), new Tools.Request(call.tool(), call.arguments(), correlationId));
        if (result instanceof Tools.Asked question) {
            return new ServiceCall(call.id(), Optional.of(question.approval().id()));
        }
        Optional<Decision> refusal = result instanceof Tools.Ended ended
                ? ended.decision()
                : Optional.of(((Tools.Unconsented) result).needs());
        refusal.ifPresent(decision -> listener.hop(
                Hops.askedFor(acting.caller(), decision, acting.entry().map(ConsentEntry::id))));
        return new ServiceCall(call.id(), Optional.empty());
    }

    /** Goes on, unless the person has not answered all that was asked. */
    Next goOn(ForServiceCalls waiting) {
        Instant now = clock.instant();
        List<Approval> answers = waiting.approvals().stream()
                .flatMap(id -> approvals.find(acting.user(), id).stream())
                .toList();
        if (answers.stream().anyMatch(ServiceRound::done)) {
            // By a run whose end we did not hear, or by another turn that asked the same. The service takes no answer
            // twice; and a no, since the yes is used up, would have the agent say that nothing was done.
            return new Next.Over(answers.stream().allMatch(ServiceRound::done) ? DONE : PARTLY_DONE);
        }
        List<Approval> questions = answers.stream()
                .filter(approval -> approval.state() == Approval.State.PENDING && !approval.expiredAt(now))
                .toList();
        return next(waiting, questions);
    }

    private static boolean done(Approval approval) {
        return approval.state() == Approval.State.USED;
    }

    private Next next(ForServiceCalls calls, List<Approval> questions) {
        return questions.isEmpty()
                ? new Next.Say(
                        new ApprovalAnswers(
                                calls.calls().stream().map(this::answer).toList()),
                        Optional.of(calls.response()))
                : new Next.Wait(calls, new Asked(questions, List.of()));
    }

    private ApprovalAnswer answer(ServiceCall call) {
        Instant now = clock.instant();
        boolean approved = call.approval()
                .flatMap(id -> approvals.find(acting.user(), id))
                .filter(approval -> approval.state() == Approval.State.APPROVED && !approval.expiredAt(now))
                .isPresent();
        return new ApprovalAnswer(call.id(), approved);
    }
}
