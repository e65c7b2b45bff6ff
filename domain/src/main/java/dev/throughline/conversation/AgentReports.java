package dev.throughline.conversation;

import java.util.concurrent.atomic.AtomicBoolean;

/** Passes on what the agent service reports, each tool call with the hop that can be shown of it. */
final class AgentReports implements AgentGateway.Listener {
    private final RunListener listener;
    private final ToolCallWitness witness;
    private final AtomicBoolean known = new AtomicBoolean();

    AgentReports(RunListener listener, ToolCallWitness witness) {
        this.listener = listener;
        this.witness = witness;
    }

    @Override
    public void agentKnown(String agent, AgentMode mode) {
        // The service says it in each round; once is enough.
        if (known.compareAndSet(false, true)) {
            listener.agentKnown(agent, mode);
            listener.hop(Hops.reportedAgent(agent));
        }
    }

    @Override
    public void text(String messageId, String delta) {
        listener.text(messageId, delta);
    }

    @Override
    public void toolStarted(String callId, String tool) {
        listener.toolStarted(callId, tool);
    }

    @Override
    public void toolFinished(ToolCall call) {
        listener.toolFinished(call);
        listener.hop(witness.hopOf(call));
    }
}
