package dev.throughline.conversation;

import java.util.Optional;

/** What a turn does next. */
sealed interface Next {

    /** Says something to the agent. */
    record Say(AgentGateway.Input input, Optional<String> continues) implements Next {}

    /** Waits for the person. */
    record Wait(Waiting what, RunListener.Asked asked) implements Next {}

    /** Is over without another word of the agent; we say what has come of it. */
    record Over(String words) implements Next {}
}
