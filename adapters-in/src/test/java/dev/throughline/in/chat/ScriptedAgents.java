package dev.throughline.in.chat;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An agent service that answers as it is told to, and the exchange for its tokens. */
final class ScriptedAgents implements AgentGateway, DelegatedTokens {
    static final String TOKEN = "exchanged-token-marker";

    private final Deque<Function<Listener, Outcome>> script = new ArrayDeque<>();
    private final List<Question> asked = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private Optional<Delegation> delegation = Optional.empty();
    private Optional<RunFailure> notForgotten = Optional.empty();

    /** What the service does at the next question. */
    void next(Function<Listener, Outcome> turn) {
        script.add(turn);
    }

    /** What comes of asking for a token from now on. */
    void exchange(Delegation other) {
        delegation = Optional.of(other);
    }

    /** Why nothing can be forgotten from now on. */
    void keep(RunFailure why) {
        notForgotten = Optional.of(why);
    }

    List<Question> asked() {
        return List.copyOf(asked);
    }

    List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    @Override
    public String audience() {
        return "https://ai.azure.com";
    }

    @Override
    public Outcome ask(Question question, DelegatedToken token, Listener listener) {
        asked.add(question);
        return script.remove().apply(listener);
    }

    @Override
    public Optional<RunFailure> forget(String thread, DelegatedToken token) {
        if (notForgotten.isEmpty()) {
            forgotten.add(thread);
        }
        return notForgotten;
    }

    @Override
    public Delegation onBehalfOf(User user, UserAssertion assertion, String audience) {
        return delegation.orElseGet(() -> new Delegation.Issued(
                new DelegatedToken(TOKEN, new ClientId("api"), audience, Set.of("user_impersonation"), Instant.MAX)));
    }
}
