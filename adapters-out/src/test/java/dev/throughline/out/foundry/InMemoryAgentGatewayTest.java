package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.ToolCall;
import java.util.Map;
import java.util.Optional;

class InMemoryAgentGatewayTest extends AgentGatewayContract {
    private final InMemoryAgentGateway gateway = new InMemoryAgentGateway();

    @Override
    AgentGateway gateway() {
        return gateway;
    }

    @Override
    void answerNext() {
        gateway.playNext(listener -> {
            listener.agentKnown(AGENT, AgentMode.GUIDED);
            listener.toolStarted("mcp_1", "list-orders");
            listener.toolFinished(
                    new ToolCall("mcp_1", "list-orders", Map.of("limit", 20L), true, Optional.of("{\"items\":[]}")));
            listener.text("msg_1", "You have ");
            listener.text("msg_1", "one order.");
            return new AgentGateway.Answered("resp_1");
        });
    }

    @Override
    void askForConsentNext() {
        gateway.askForConsentNext(LINK);
    }

    @Override
    void failNext(RunFailure failure) {
        gateway.failNext(failure);
    }
}
