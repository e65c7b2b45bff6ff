package dev.throughline.conversation;

import dev.throughline.delegation.UserAssertion;

/** One turn of a conversation, ready to start. */
public interface Run {

    /**
     * Runs to its end and tells the listener everything while it happens.
     *
     * @param assertion the token of the person, to be exchanged for one for the agent service
     * @param correlationId names the request that is being served
     */
    void execute(UserAssertion assertion, String correlationId, RunListener listener);

    /** Gives back what the run holds, where it will not be executed; harmless afterwards. */
    default void abandon() {}
}
