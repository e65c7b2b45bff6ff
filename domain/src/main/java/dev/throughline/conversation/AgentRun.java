package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
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
    private final Conversation conversation;
    private final String message;
    private final RunPorts ports;

    AgentRun(Permit permit, Agent agent, Conversation conversation, String message, RunPorts ports) {
        this.permit = permit;
        this.agent = agent;
        this.conversation = conversation;
        this.message = message;
        this.ports = ports;
    }

    @Override
    public void execute(UserAssertion assertion, RunListener listener) {
        Caller caller = permit.caller();
        listener.started(conversation.id(), UUID.randomUUID().toString());
        listener.hop(Hops.presentedToChat(permit));
        Delegation delegation = ports.tokens()
                .onBehalfOf(caller.user(), assertion, ports.gateway().audience());
        if (delegation instanceof Delegation.Issued issued) {
            listener.hop(Hops.issuedForAgentService(caller, issued.token()));
            ask(issued.token(), listener);
        } else {
            listener.failed(failure(((Delegation.NotIssued) delegation).failure()));
        }
    }

    private void ask(DelegatedToken token, RunListener listener) {
        ToolCallWitness witness = new ToolCallWitness(
                permit.caller().user(), agent, ports.toolCalls(), ports.clock().instant());
        AgentGateway.Outcome outcome = ports.gateway()
                .ask(
                        new Question(agent.name(), message, conversation.lastResponse()),
                        token,
                        new AgentReports(listener, witness));
        if (outcome instanceof Answered answered) {
            ports.conversations().save(conversation.answered(answered.response()));
            listener.finished();
        } else if (outcome instanceof ConsentRequested request) {
            askForConsent(request, listener);
        } else {
            listener.failed(((Failed) outcome).failure());
        }
    }

    private void askForConsent(ConsentRequested request, RunListener listener) {
        if (!ports.consentLinks().allows(request.link())) {
            listener.failed(RunFailure.CONSENT_LINK_REFUSED);
            return;
        }
        ports.conversations().save(conversation.waitingFor(message, request.response()));
        listener.consentAsked(request.id(), agent.name(), agent.scopes(), request.link());
    }

    private static RunFailure failure(Delegation.Failure failure) {
        return switch (failure) {
            case CONSENT_NEEDED -> RunFailure.CONSENT_OF_ADMINISTRATOR_NEEDED;
            case STEP_UP_NEEDED -> RunFailure.STEP_UP_NEEDED;
            case ASSERTION_REJECTED -> RunFailure.SIGN_IN_AGAIN;
            case NOT_ASSIGNED -> RunFailure.NOT_ASSIGNED;
            case MISCONFIGURED -> RunFailure.AGENT_MISCONFIGURED;
            case UNAVAILABLE -> RunFailure.AGENT_UNAVAILABLE;
        };
    }
}
