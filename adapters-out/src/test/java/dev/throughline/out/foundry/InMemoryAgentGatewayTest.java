package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentGateway.ApprovalsRequested;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.ToolCall;
import java.util.List;
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
    void askForApprovalsNext() {
        gateway.playNext(listener -> {
            listener.text("msg_1", "One moment.");
            return new ApprovalsRequested(
                    "resp_1",
                    List.of(
                            new Call("mcpr_1", "delete-order", Map.of("id", "ORD-003")),
                            new Call("mcpr_2", "delete-order", Map.of("id", "ORD-005"))));
        });
    }

    @Override
    void callFunctionsNext() {
        gateway.playNext(listener -> new FunctionsCalled(
                "resp_1",
                List.of(
                        new Call("call_1", "get-order", Map.of("id", "ORD-003")),
                        new Call("call_2", "list-orders", Map.of("limit", 20L)))));
    }

    @Override
    void forgetNext() {
        // It never knew anything.
    }

    @Override
    void failNext(RunFailure failure) {
        gateway.failNext(failure);
    }
}
