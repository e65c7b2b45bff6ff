package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** A listener that writes down what it hears. */
final class Heard implements AgentGateway.Listener {
    final List<String> events = new ArrayList<>();
    final List<ToolCall> calls = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    @Override
    public void agentKnown(String agent, AgentMode mode) {
        events.add("agent " + agent + " " + mode.wire());
    }

    @Override
    public void text(String messageId, String delta) {
        events.add("text " + messageId);
        text.append(delta);
    }

    @Override
    public void toolStarted(String callId, String tool) {
        events.add("started " + callId + " " + tool);
    }

    @Override
    public void toolFinished(ToolCall call) {
        events.add("finished " + call.id());
        calls.add(call);
    }
}
