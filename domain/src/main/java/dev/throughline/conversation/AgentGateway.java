package dev.throughline.conversation;

import dev.throughline.delegation.DelegatedToken;
import java.net.URI;
import java.util.Optional;

/** Port: the agent service. It is called with the person's own delegated token and nothing else. */
public interface AgentGateway {

    /** Whom the token must be made for. */
    String audience();

    /**
     * Asks an agent and tells the listener what happens while it happens. Returns when the agent has ended its turn. An
     * exception of the listener ends the call upstream and passes through.
     */
    Outcome ask(Question question, DelegatedToken token, Listener listener);

    /**
     * What to ask.
     *
     * @param agent the agent's name in the project
     * @param message what the person said
     * @param continues the response that this one continues; empty at the start of a conversation
     */
    record Question(String agent, String message, Optional<String> continues) {}

    /** Hears what the service reports during a turn. */
    interface Listener {
        /** The service says which agent answers. */
        void agentKnown(String agent, AgentMode mode);

        /** A piece of text; pieces of the same message belong together. */
        void text(String messageId, String delta);

        void toolStarted(String callId, String tool);

        void toolFinished(ToolCall call);
    }

    /** How a turn ended. */
    sealed interface Outcome {}

    /** With an answer. */
    record Answered(String response) implements Outcome {}

    /**
     * With the wish that the person consents to the agent's connection first.
     *
     * @param response the response to continue afterwards
     * @param id the service's id of the request
     * @param link where the person can consent
     */
    record ConsentRequested(String response, String id, URI link) implements Outcome {}

    /** Without an answer. */
    record Failed(RunFailure failure) implements Outcome {}
}
