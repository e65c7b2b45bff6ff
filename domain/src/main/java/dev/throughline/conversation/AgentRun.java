package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.util.UUID;

/** A turn that an agent answers. */
final class AgentRun implements Run {
    private final Permit permit;
    private final Agent agent;
    private final Turn turn;
    private final RunPorts ports;

    AgentRun(Permit permit, Agent agent, Turn turn, RunPorts ports) {
        this.permit = permit;
        this.agent = agent;
        this.turn = turn;
        this.ports = ports;
    }

    @Override
    public void execute(UserAssertion assertion, RunListener listener) {
        turn.begin();
        try {
            listener.started(turn.conversation().id(), UUID.randomUUID().toString());
            listener.hop(Hops.presentedToChat(permit));
            delegate(assertion, listener);
        } catch (RuntimeException | Error broken) {
            abandonBecauseOf(broken);
            throw broken;
        }
    }

    @Override
    public void abandon() {
        turn.unanswered();
    }

    /** What broke the run is what its caller must hear of. */
    private void abandonBecauseOf(Throwable broken) {
        try {
            abandon();
        } catch (RuntimeException e) {
            broken.addSuppressed(e);
        }
    }

    private void delegate(UserAssertion assertion, RunListener listener) {
        User user = permit.user();
        Delegation delegation =
                ports.tokens().onBehalfOf(user, assertion, ports.gateway().audience());
        if (delegation instanceof Delegation.Issued issued) {
            listener.hop(Hops.issuedForAgentService(user, issued.token()));
            ask(issued.token(), listener);
        } else {
            fail(failed((Delegation.NotIssued) delegation), listener);
        }
    }

    private void ask(DelegatedToken token, RunListener listener) {
        ToolCallWitness witness = new ToolCallWitness(
                permit.user(), agent, ports.toolCalls(), ports.clock().instant());
        AgentGateway.Outcome outcome = ports.gateway()
                .ask(
                        new Question(
                                agent.name(),
                                turn.message(),
                                turn.conversation().lastResponse()),
                        token,
                        new AgentReports(listener, witness));
        if (outcome instanceof Answered answered) {
            turn.answered(answered.response());
            listener.finished();
        } else if (outcome instanceof ConsentRequested request) {
            askForConsent(request, listener);
        } else {
            fail(((Failed) outcome).failure(), listener);
        }
    }

    private void askForConsent(ConsentRequested request, RunListener listener) {
        if (!ports.consentLinks().allows(request.link())) {
            fail(RunFailure.CONSENT_LINK_REFUSED, listener);
        } else if (turn.waits(request.response())) {
            listener.consentAsked(request.id(), agent.name(), agent.scopes(), request.link());
        } else {
            fail(RunFailure.AGENT_FAILED, listener);
        }
    }

    private void fail(RunFailure reason, RunListener listener) {
        fail(FailedRun.because(reason), listener);
    }

    /** First the conversation, then the listener: whoever hears of a failure can try again at once. */
    private void fail(FailedRun failed, RunListener listener) {
        turn.unanswered();
        listener.failed(failed);
    }

    private static FailedRun failed(Delegation.NotIssued none) {
        if (none instanceof Delegation.StepUpNeeded stepUp) {
            return FailedRun.stepUpNeeded(stepUp.claims());
        }
        if (none instanceof Delegation.Unavailable unavailable) {
            return FailedRun.unavailable(unavailable.retryAfter());
        }
        return FailedRun.because(failure(((Delegation.Refused) none).failure()));
    }

    private static RunFailure failure(Delegation.Failure failure) {
        return switch (failure) {
            case CONSENT_NEEDED -> RunFailure.CONSENT_OF_ADMINISTRATOR_NEEDED;
            case ASSERTION_REJECTED -> RunFailure.SIGN_IN_AGAIN;
            case NOT_ASSIGNED -> RunFailure.NOT_ASSIGNED;
            case MISCONFIGURED -> RunFailure.AGENT_MISCONFIGURED;
        };
    }
}
