package dev.throughline.conversation;

import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.DenyReason;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.conversation.Tools.Output;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.conversation.Waiting.FunctionCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out the functions that an agent has called in a response which our run was waiting for, as the person with
 * the agent as actor. The agent gets the results and nothing else: neither a token nor who the person is.
 */
final class FunctionRound {
    private static final Output DECLINED =
            new Output("The person has declined this. Nothing was done; do not ask for it again.", false);
    private static final Output TOO_LATE =
            new Output("The person has not approved this in time. Nothing was done.", false);
    private static final Output DONE_BEFORE = new Output("This has been done already; it was not done again.", true);
    private static final Output NOT_ALLOWED =
            new Output("The person does not allow you to use the order desk. Nothing was done.", false);

    private final Acting acting;
    private final Turn turn;
    private final Tools tools;
    private final Approvals approvals;
    private final Clock clock;
    private final String correlationId;
    private final RunListener listener;

    FunctionRound(Acting acting, Turn turn, RunPorts ports, String correlationId, RunListener listener) {
        this.acting = acting;
        this.turn = turn;
        this.tools = ports.tools();
        this.approvals = ports.approvals();
        this.clock = ports.clock();
        this.correlationId = correlationId;
        this.listener = listener;
    }

    /** Carries out what has not been, as far as the person lets us; the agent hears of all calls at once. */
    Next carryOut(ForFunctions round) {
        Optional<Consent> said = acting.entry().map(ConsentEntry::state);
        if (turn.takenUp() && said.equals(Optional.of(Consent.DENIED))) {
            // The no is to this turn: whatever else the agent wants in it, nobody is asked again.
            return notAllowed(round);
        }
        if (round.consent().isPresent() && said.equals(Optional.of(Consent.ASKED))) {
            return waitForConsent(round.response(), round.calls());
        }
        List<FunctionCall> calls = new ArrayList<>(round.calls());
        List<Approval> asked = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).output().isEmpty()) {
                Optional<Step> step = attempt(calls.get(i), asked);
                if (step.isEmpty()) {
                    return waitForConsent(round.response(), calls);
                }
                calls.set(i, step.get().call());
                // Noted before it is told: nobody may be left to hear it, and it must not be done again.
                turn.cameTo(new ForFunctions(round.response(), calls, Optional.empty()));
                tell(step.get());
            }
        }
        return asked.isEmpty()
                ? say(round.response(), calls)
                : new Next.Wait(
                        new ForFunctions(round.response(), calls, Optional.empty()), new Asked(asked, List.of()));
    }

    /** A call further on, with the decision about it if there was one. */
    private record Step(FunctionCall call, Optional<Decision> decision) {
        static Step settled(FunctionCall call) {
            return new Step(call, Optional.empty());
        }
    }

    /** The call, further on; empty if the person must consent first that the agent acts for them at all. */
    private Optional<Step> attempt(FunctionCall call, List<Approval> asked) {
        if (call.approval().isPresent()) {
            Optional<Step> settled = settled(call, call.approval().get(), asked);
            if (settled.isPresent()) {
                return settled;
            }
        }
        listener.toolStarted(call.id(), call.tool());
        Tools.Result result =
                tools.call(acting.caller(), new Tools.Request(call.tool(), call.arguments(), correlationId));
        if (result instanceof Tools.Asked question) {
            asked.add(question.approval());
            return Optional.of(Step.settled(call.asking(question.approval().id())));
        }
        return result instanceof Tools.Ended ended
                ? Optional.of(new Step(call.done(ended.output()), ended.decision()))
                : Optional.empty();
    }

    /** What the person's answer makes of a call; empty if it may now be carried out. */
    private Optional<Step> settled(FunctionCall call, ApprovalId question, List<Approval> asked) {
        Optional<Approval> approval = approvals.find(acting.user(), question);
        if (approval.isEmpty()) {
            return Optional.of(Step.settled(call.done(TOO_LATE)));
        }
        Approval answer = approval.get();
        return switch (answer.state()) {
            case DENIED ->
                Optional.of(new Step(call.done(DECLINED), Optional.of(new Deny(DenyReason.APPROVAL_DENIED))));
            case USED -> Optional.of(Step.settled(call.done(DONE_BEFORE)));
            case PENDING, APPROVED -> {
                if (answer.expiredAt(clock.instant())) {
                    yield Optional.of(Step.settled(call.done(TOO_LATE)));
                }
                if (answer.state() == Approval.State.APPROVED) {
                    yield Optional.empty();
                }
                asked.add(answer);
                yield Optional.of(Step.settled(call));
            }
        };
    }

    private void tell(Step step) {
        FunctionCall call = step.call();
        call.output()
                .ifPresent(output -> listener.toolFinished(new ToolCall(
                        call.id(), call.tool(), call.arguments(), output.success(), Optional.of(output.text()))));
        step.decision()
                .ifPresent(decided -> listener.hop(
                        Hops.carriedOut(acting.caller(), decided, acting.entry().map(ConsentEntry::id))));
    }

    private Next waitForConsent(String response, List<FunctionCall> calls) {
        ConsentEntry entry = acting.ask();
        return new Next.Wait(
                new ForFunctions(response, calls, Optional.of(entry.id())),
                new Asked(
                        List.of(),
                        List.of(new ConsentAsked(
                                entry.id().toString(), entry.agent(), entry.scopes(), Optional.empty()))));
    }

    /** Tells the agent that it may do nothing at all. */
    private Next notAllowed(ForFunctions round) {
        List<FunctionCall> calls = new ArrayList<>(round.calls());
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).output().isEmpty()) {
                calls.set(i, calls.get(i).done(NOT_ALLOWED));
                tell(Step.settled(calls.get(i)));
            }
        }
        return say(round.response(), calls);
    }

    private static Next say(String response, List<FunctionCall> calls) {
        return new Next.Say(
                new FunctionOutputs(
                        calls.stream().flatMap(FunctionCall::toOutput).toList()),
                Optional.of(response));
    }
}
