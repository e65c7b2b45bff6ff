package dev.throughline.conversation;

import dev.throughline.delegation.DelegatedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** An agent service that does what a test tells it, and remembers what it was asked with. */
final class ScriptedAgent implements AgentGateway {
    final List<Question> questions = new ArrayList<>();
    final List<DelegatedToken> tokens = new ArrayList<>();
    BiFunction<Question, Listener, Outcome> turn = (question, listener) -> new Answered("resp_1");

    @Override
    public String audience() {
        return "https://ai.azure.com";
    }

    @Override
    public Outcome ask(Question question, DelegatedToken token, Listener listener) {
        questions.add(question);
        tokens.add(token);
        return turn.apply(question, listener);
    }
}
