package dev.throughline.conversation;

import dev.throughline.access.Approval;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsConsent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port: the tools that an agent may have carried out by us, the same that it would find at our MCP endpoint, decided
 * and recorded in the same way.
 */
public interface Tools {

    /**
     * Carries a call out, if it may be.
     *
     * @param caller the person, through the run's agent
     */
    Result call(Caller caller, Request request);

    /** Asks the person whether the agent may make a call, and carries nothing out. */
    Result propose(Caller caller, Request request);

    /**
     * A call that an agent makes.
     *
     * @param tool the tool's name; there may be no such tool
     * @param arguments its arguments, as the agent sent them
     * @param correlationId names the request that is being served
     */
    record Request(String tool, Map<String, @Nullable Object> arguments, String correlationId) {}

    /** What came of a call. */
    sealed interface Result {}

    /**
     * It has ended, well or not.
     *
     * @param output what the agent is told
     * @param decision what was decided about it; empty where it did not come to that
     */
    record Ended(Output output, Optional<Decision> decision) implements Result {
        /** It has ended with this decision. */
        public Ended(Output output, Decision decision) {
            this(output, Optional.of(decision));
        }
    }

    /** The person has been asked to approve it. */
    record Asked(Approval approval) implements Result {}

    /** The person must consent first that the agent acts for them. */
    record Unconsented(NeedsConsent needs) implements Result {}

    /**
     * What an agent is told of a call.
     *
     * @param text JSON, or a sentence about what went wrong
     * @param success whether it was carried out
     */
    record Output(String text, boolean success) {}
}
