package dev.throughline.conversation;

import dev.throughline.delegation.DelegatedToken;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port: the agent service. It is called with the person's own delegated token and nothing else. */
public interface AgentGateway {

    /** Whom the token must be made for. */
    String audience();

    /**
     * Asks an agent and tells the listener what happens while it happens. Returns when the agent has ended its turn, or
     * waits for something. An exception of the listener ends the call upstream and passes through.
     */
    Outcome ask(Question question, DelegatedToken token, Listener listener);

    /**
     * Lets the service forget what it has kept of a conversation.
     *
     * @param thread what the last outcome said that the conversation goes on with
     * @return why it could not; empty once nothing of it is left
     */
    Optional<RunFailure> forget(String thread, DelegatedToken token);

    /**
     * What to ask.
     *
     * @param agent the agent's name in the project
     * @param input what is said
     * @param continues what this goes on with; empty at the start of a conversation
     */
    record Question(String agent, Input input, Optional<String> continues) {}

    /** What is said to an agent. */
    sealed interface Input {}

    /** Something that the person says. */
    record Message(String text) implements Input {}

    /** The answers to all {@link ApprovalsRequested}. */
    record ApprovalAnswers(List<ApprovalAnswer> answers) implements Input {
        public ApprovalAnswers {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Whether the agent may make a call.
     *
     * @param request the service's id of its request
     * @param approve whether it may
     */
    record ApprovalAnswer(String request, boolean approve) {}

    /** What came of all {@link FunctionsCalled}. */
    record FunctionOutputs(List<FunctionOutput> outputs) implements Input {
        public FunctionOutputs {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * What came of a function call.
     *
     * @param call the service's id of the call
     * @param output what the agent is told
     */
    record FunctionOutput(String call, String output) {}

    /** Hears what the service reports during a turn. */
    interface Listener {
        /** The service says which agent answers. */
        void agentKnown(String agent, AgentMode mode);

        /** A piece of text; pieces of the same message belong together. */
        void text(String messageId, String delta);

        void toolStarted(String callId, String tool);

        void toolFinished(ToolCall call);
    }

    /** How a turn ended, or for whom it waits. */
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

    /** With calls that the agent makes only if they are approved; the service then makes them itself. */
    record ApprovalsRequested(String response, List<Call> calls) implements Outcome {
        public ApprovalsRequested {
            calls = List.copyOf(calls);
        }
    }

    /** With functions that we are to carry out. */
    record FunctionsCalled(String response, List<Call> calls) implements Outcome {
        public FunctionsCalled {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A call that the agent wants made.
     *
     * @param id the service's id of its request, or of the call
     * @param tool the tool or function
     * @param arguments what it is to be called with
     */
    record Call(String id, String tool, Map<String, @Nullable Object> arguments) {}

    /**
     * Without an answer.
     *
     * @param failure why
     * @param retryAfter how long the service wants to be left alone, if it said so; only where it does not answer
     */
    record Failed(RunFailure failure, Optional<Duration> retryAfter) implements Outcome {
        /** It did not say how long. */
        public Failed(RunFailure failure) {
            this(failure, Optional.empty());
        }
    }
}
