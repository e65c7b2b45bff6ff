package dev.throughline.app;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.AgentRegistry;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AskAgent;
import dev.throughline.conversation.ConsentLinks;
import dev.throughline.conversation.Conversations;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.Orders;
import dev.throughline.order.PlaceOrder;
import dev.throughline.trail.ToolCallLog;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the domain's use cases, which know nothing of a container. */
@Dependent
class UseCases {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    AccessPolicy policy() {
        return new AccessPolicy();
    }

    @Produces
    @Singleton
    ListOrders listOrders(AccessPolicy policy, Orders orders, Clock clock) {
        return new ListOrders(policy, orders, clock);
    }

    @Produces
    @Singleton
    FindOrder findOrder(AccessPolicy policy, Orders orders, Clock clock) {
        return new FindOrder(policy, orders, clock);
    }

    @Produces
    @Singleton
    PlaceOrder placeOrder(AccessPolicy policy, Orders orders, Clock clock) {
        return new PlaceOrder(policy, orders, clock);
    }

    @Produces
    @Singleton
    AmendOrder amendOrder(AccessPolicy policy, Orders orders, Clock clock) {
        return new AmendOrder(policy, orders, clock);
    }

    @Produces
    @Singleton
    DeleteOrder deleteOrder(AccessPolicy policy, Orders orders, Clock clock) {
        return new DeleteOrder(policy, orders, clock);
    }

    @Produces
    @Singleton
    AskAgent askAgent(
            AccessPolicy policy,
            AgentRegistry agents,
            Conversations conversations,
            DelegatedTokens tokens,
            AgentGateway gateway,
            ToolCallLog toolCalls,
            Settings settings,
            Clock clock) {
        ConsentLinks links = new ConsentLinks(settings.agents().consentLinkHosts(), settings.local());
        return new AskAgent(
                policy, agents, settings.agents().agent(), conversations, tokens, gateway, toolCalls, links, clock);
    }
}
