package dev.throughline.conversation;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a turn waits for, with all that is needed to go on with it at whichever instance. */
public sealed interface Waiting {

    /** The response of the agent service that the turn continues. */
    String response();

    /** The approvals that it waits for. */
    default List<ApprovalId> approvals() {
        return List.of();
    }

    /**
     * The agent service has asked the person to consent, at a place of its own; of the answer we hear nothing but that
     * it goes on.
     *
     * @param response what the turn continues
     * @param message the message that is sent again
     * @param id the service's id of its request
     * @param link where the person can consent
     */
    record ForConsentElsewhere(String response, String message, String id, URI link) implements Waiting {}

    /**
     * The agent service has asked whether its agent may make some calls, and makes those that are approved itself.
     *
     * @param response what the turn continues
     * @param calls the calls
     */
    record ForServiceCalls(String response, List<ServiceCall> calls) implements Waiting {
        public ForServiceCalls {
            calls = List.copyOf(calls);
        }

        @Override
        public List<ApprovalId> approvals() {
            return calls.stream()
                    .map(ServiceCall::approval)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * A call that the agent service asks about.
     *
     * @param id the service's id of its request
     * @param approval our question about it; empty where it was refused without one
     */
    record ServiceCall(String id, Optional<ApprovalId> approval) {}

    /**
     * The agent has called functions of ours, and not all of them have been carried out.
     *
     * @param response what the turn continues
     * @param calls all calls of that response
     * @param consent our question whether the agent may act for the person at all; empty where that is settled
     */
    record ForFunctions(String response, List<FunctionCall> calls, Optional<ConsentId> consent) implements Waiting {
        public ForFunctions {
            calls = List.copyOf(calls);
        }

        @Override
        public List<ApprovalId> approvals() {
            return calls.stream()
                    .map(FunctionCall::approval)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * A function call of an agent.
     *
     * @param id the service's id of the call
     * @param tool the function
     * @param arguments what it is called with
     * @param approval the question whether it may be carried out, if there is one
     * @param output what came of it; empty while nothing has
     */
    record FunctionCall(
            String id,
            String tool,
            Map<String, @Nullable Object> arguments,
            Optional<ApprovalId> approval,
            Optional<Tools.Output> output) {

        static FunctionCall of(AgentGateway.Call call) {
            return new FunctionCall(call.id(), call.tool(), call.arguments(), Optional.empty(), Optional.empty());
        }

        FunctionCall asking(ApprovalId question) {
            return new FunctionCall(id, tool, arguments, Optional.of(question), output);
        }

        FunctionCall done(Tools.Output result) {
            return new FunctionCall(id, tool, arguments, approval, Optional.of(result));
        }

        Stream<AgentGateway.FunctionOutput> toOutput() {
            return output.stream().map(result -> new AgentGateway.FunctionOutput(id, result.text()));
        }
    }
}
