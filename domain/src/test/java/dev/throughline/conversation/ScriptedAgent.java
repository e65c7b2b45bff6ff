package dev.throughline.conversation;

import dev.throughline.delegation.DelegatedToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An agent service that does what a test tells it, and remembers what it was asked with. */
final class ScriptedAgent implements AgentGateway {
    final List<Question> questions = new ArrayList<>();
    final List<DelegatedToken> tokens = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    BiFunction<Question, Listener, Outcome> turn = (question, listener) -> new Answered("resp_1");
    Optional<RunFailure> whyNotForgotten = Optional.empty();

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

    @Override
    public Optional<RunFailure> forget(String thread, DelegatedToken token) {
        tokens.add(token);
        if (whyNotForgotten.isEmpty()) {
            forgotten.add(thread);
        }
        return whyNotForgotten;
    }

    /** Ends its next turns like this, one after the other. */
    void does(Outcome... outcomes) {
        Deque<Outcome> next = new ArrayDeque<>(Arrays.asList(outcomes));
        turn = (question, listener) -> next.remove();
    }

    /** What it was last asked, or told. */
    Question last() {
        return questions.get(questions.size() - 1);
    }

    /** What it was told of its function calls last. */
    List<String> outputs() {
        return ((FunctionOutputs) last().input())
                .outputs().stream().map(FunctionOutput::output).toList();
    }

    /** What it was told about its calls last, in their order. */
    List<Boolean> approvals() {
        return ((ApprovalAnswers) last().input())
                .answers().stream().map(ApprovalAnswer::approve).toList();
    }

    static Call call(String id, String tool, Map<String, @Nullable Object> arguments) {
        return new Call(id, tool, arguments);
    }

    static Outcome functions(String response, Call... calls) {
        return new FunctionsCalled(response, Arrays.asList(calls));
    }

    static Outcome asks(String response, Call... calls) {
        return new ApprovalsRequested(response, Arrays.asList(calls));
    }

    static Outcome answers(String response) {
        return new Answered(response);
    }
}
