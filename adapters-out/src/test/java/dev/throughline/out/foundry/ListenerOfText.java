package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ToolCall;
import java.util.function.Consumer;

/** A listener that minds text alone. */
record ListenerOfText(Consumer<String> texts) implements AgentGateway.Listener {

    @Override
    public void agentKnown(String agent, AgentMode mode) {
        // Not of interest.
    }

    @Override
    public void text(String messageId, String delta) {
        texts.accept(delta);
    }

    @Override
    public void toolStarted(String callId, String tool) {
        // Not of interest.
    }

    @Override
    public void toolFinished(ToolCall call) {
        // Not of interest.
    }
}
