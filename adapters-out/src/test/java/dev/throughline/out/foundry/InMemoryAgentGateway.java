package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** An agent service that plays the turns it was given, one after the other. */
final class InMemoryAgentGateway implements AgentGateway {
    private final Queue<Function<Listener, Outcome>> turns = new ArrayDeque<>();

    void playNext(Function<Listener, Outcome> turn) {
        turns.add(turn);
    }

    void failNext(RunFailure failure) {
        turns.add(listener -> new Failed(failure));
    }

    void askForConsentNext(URI link) {
        turns.add(listener -> new ConsentRequested("resp_1", "oauthreq_1", link));
    }

    @Override
    public String audience() {
        return "https://ai.azure.com";
    }

    @Override
    public Outcome ask(Question question, DelegatedToken token, Listener listener) {
        return turns.remove().apply(listener);
    }

    @Override
    public Optional<RunFailure> forget(String thread, DelegatedToken token) {
        return Optional.empty();
    }
}
