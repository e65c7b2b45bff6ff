package dev.throughline.in.chat;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Consent;
import dev.throughline.access.Proposal;
import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.RunListener;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.fakes.People;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** What happens in the turns of the tests. */
final class Turns {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final ConversationId CONVERSATION = new ConversationId(new UUID(0, 7));
    static final Hop REPORTED = new Hop(
            "foundry",
            "orders-assistant",
            Optional.empty(),
            Optional.of("orders-assistant"),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Evidence.REPORTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static final ConsentAsked ELSEWHERE = new ConsentAsked(
            "consent-1",
            "orders-assistant",
            EnumSet.of(Scope.ORDERS_WRITE, Scope.ORDERS_READ),
            Optional.of(URI.create("http://localhost:9181/consent?data=1")));

    static final ConsentAsked OURS =
            new ConsentAsked("consent-2", "orders-functions", EnumSet.of(Scope.ORDERS_READ), Optional.empty());

    private Turns() {}

    /** A question whether an agent may place an order of so many lamps. */
    static Approval question(int quantity) {
        return new Approval(
                new ApprovalId(new UUID(0, quantity)),
                Proposal.of(
                        People.throughRun(People.ADA, People.FUNCTIONS, Consent.ALLOWED),
                        Action.CREATE_ORDER,
                        "digest-" + quantity,
                        OptionalLong.empty()),
                Map.of("quantity", quantity),
                Optional.empty(),
                Optional.of(Map.of("quantity", quantity)),
                Approval.State.PENDING,
                NOW.plus(Approval.LIFE));
    }

    /** The agent calls a tool and answers in two messages. */
    static void answered(RunListener listener) {
        begun(listener);
        listener.toolStarted("call-1", "list-orders");
        listener.toolFinished(new ToolCall("call-1", "list-orders", Map.of("limit", 5), true, Optional.of("[\"x\"]")));
        listener.text("m1", "Two ");
        listener.text("m1", "orders.");
        listener.text("m2", "Anything else?");
        listener.finished();
    }

    /** The agent needs the person's consent first. */
    static void waiting(RunListener listener) {
        begun(listener);
        listener.waits(new Asked(List.of(), List.of(ELSEWHERE)));
    }

    static void begun(RunListener listener) {
        listener.started(CONVERSATION, "run-1");
        listener.agentKnown("orders-assistant", AgentMode.GUIDED);
        listener.hop(REPORTED);
    }
}
