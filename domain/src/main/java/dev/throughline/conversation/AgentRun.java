package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.Decision.Permit;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ApprovalsRequested;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.conversation.Waiting.ForConsentElsewhere;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.conversation.Waiting.ForServiceCalls;
import dev.throughline.conversation.Waiting.FunctionCall;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A turn that an agent answers, in as many rounds as its functions and the person's approvals take. */
final class AgentRun implements Run {
    /** An agent that calls functions without end is stopped here. */
    private static final int MOST_ROUNDS = 8;

    private final Permit permit;
    private final UUID id;
    private final Acting acting;
    private final Turn turn;
    private final Opening opening;
    private final RunPorts ports;
    private final ToolCallWitness witness;

    /** What a turn begins with. */
    sealed interface Opening {}

    /** Something that the person says. */
    record Said(String message) implements Opening {}

    /** What waited for the person. */
    record TakenUp(Waiting waiting) implements Opening {}

    AgentRun(
            Permit permit,
            UUID id,
            Acting acting,
            Turn turn,
            Opening opening,
            RunPorts ports,
            ToolCallWitness witness) {
        this.permit = permit;
        this.id = id;
        this.acting = acting;
        this.turn = turn;
        this.opening = opening;
        this.ports = ports;
        this.witness = witness;
    }

    @Override
    public void execute(UserAssertion assertion, String correlationId, RunListener listener) {
        turn.begin();
        try {
            listener.started(turn.conversation().id(), id.toString());
            listener.hop(Hops.presentedToChat(permit));
            new Rounds(assertion, correlationId, listener).run();
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

    /** One execution of the run. */
    private final class Rounds {
        private final UserAssertion assertion;
        private final RunListener listener;
        private final FunctionRound functions;
        private final ServiceRound service;
        private final AgentReports reports;

        Rounds(UserAssertion assertion, String correlationId, RunListener listener) {
            this.assertion = assertion;
            this.listener = listener;
            this.functions = new FunctionRound(acting, turn, ports, correlationId, listener);
            this.service = new ServiceRound(acting, ports, correlationId, listener);
            this.reports = new AgentReports(listener, witness);
        }

        void run() {
            if (!fits()) {
                fail(RunFailure.AGENT_FAILED);
                return;
            }
            Next next = first();
            if (next instanceof Next.Say) {
                delegated().ifPresent(token -> go(next, token));
            } else {
                rests(next);
            }
        }

        private void go(Next first, DelegatedToken token) {
            Optional<Next> next = Optional.of(first);
            for (int round = 0; next.isPresent() && round < MOST_ROUNDS; round++) {
                next = next.get() instanceof Next.Say say ? ask(say, token) : rests(next.get());
            }
            if (next.isPresent()) {
                fail(RunFailure.AGENT_FAILED);
            }
        }

        /** The registry may say something else of the agent than when the turn began to wait. */
        private boolean fits() {
            Optional<Waiting> waiting =
                    opening instanceof TakenUp taken ? Optional.of(taken.waiting()) : Optional.empty();
            return waiting.filter(what -> what instanceof ForFunctions
                            ? !runsFunctions()
                            : what instanceof ForServiceCalls && runsFunctions())
                    .isEmpty();
        }

        private boolean runsFunctions() {
            return acting.agent().route() == Agent.Route.FUNCTION;
        }

        private Next first() {
            if (opening instanceof Said said) {
                return new Next.Say(
                        new Message(said.message()), turn.conversation().lastResponse());
            }
            Waiting waiting = ((TakenUp) opening).waiting();
            if (waiting instanceof ForConsentElsewhere elsewhere) {
                return new Next.Say(new Message(elsewhere.message()), Optional.of(elsewhere.response()));
            }
            return waiting instanceof ForServiceCalls calls
                    ? service.goOn(calls)
                    : functions.carryOut((ForFunctions) waiting);
        }

        private Optional<Next> ask(Next.Say say, DelegatedToken token) {
            Question question = new Question(acting.agent().name(), say.input(), say.continues());
            AgentGateway.Outcome outcome = ports.gateway().ask(question, token, reports);
            if (outcome instanceof Answered answered) {
                turn.answered(answered.response());
                listener.finished();
                return Optional.empty();
            }
            if (outcome instanceof ConsentRequested request && say.input() instanceof Message message) {
                return askForConsent(request, message);
            }
            if (outcome instanceof FunctionsCalled called && runsFunctions()) {
                return Optional.of(functions.carryOut(new ForFunctions(
                        called.response(),
                        called.calls().stream().map(FunctionCall::of).toList(),
                        Optional.empty())));
            }
            if (outcome instanceof ApprovalsRequested requested && !runsFunctions()) {
                return Optional.of(service.ask(requested.response(), requested.calls()));
            }
            return outcome instanceof Failed failed ? fail(FailedRun.of(failed)) : fail(RunFailure.AGENT_FAILED);
        }

        private Optional<DelegatedToken> delegated() {
            Delegation delegation = ports.tokens()
                    .onBehalfOf(acting.user(), assertion, ports.gateway().audience());
            if (delegation instanceof Delegation.Issued issued) {
                listener.hop(Hops.issuedForAgentService(acting.user(), issued.token()));
                return Optional.of(issued.token());
            }
            fail(FailedRun.of((Delegation.NotIssued) delegation));
            return Optional.empty();
        }

        private Optional<Next> askForConsent(ConsentRequested request, Message message) {
            if (!ports.consentLinks().allows(request.link())) {
                return fail(RunFailure.CONSENT_LINK_REFUSED);
            }
            // Asked for again, the turn still continues the response that asked first.
            String response = opening instanceof TakenUp taken ? taken.waiting().response() : request.response();
            return Optional.of(new Next.Wait(
                    new ForConsentElsewhere(response, message.text(), request.id(), request.link()),
                    new Asked(
                            List.of(),
                            List.of(new ConsentAsked(
                                    request.id(),
                                    acting.agent().name(),
                                    acting.agent().scopes(),
                                    Optional.of(request.link()))))));
        }

        /** Nothing more is said to the agent. */
        private Optional<Next> rests(Next next) {
            return next instanceof Next.Wait wait ? waits(wait) : isOver((Next.Over) next);
        }

        private Optional<Next> isOver(Next.Over over) {
            listener.text(UUID.randomUUID().toString(), over.words());
            listener.finished();
            return Optional.empty();
        }

        private Optional<Next> waits(Next.Wait wait) {
            if (!turn.waits(wait.what())) {
                return fail(RunFailure.AGENT_FAILED);
            }
            listener.waits(wait.asked());
            return Optional.empty();
        }

        private Optional<Next> fail(RunFailure reason) {
            return fail(FailedRun.because(reason));
        }

        /** First the conversation, then the listener: whoever hears of a failure can try again at once. */
        private Optional<Next> fail(FailedRun failure) {
            turn.unanswered();
            listener.failed(failure);
            return Optional.empty();
        }
    }
}
