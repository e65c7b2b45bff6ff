package dev.throughline.app;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Approvals;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Consents;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.MyConsents;
import dev.throughline.access.Questions;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AskAgent;
import dev.throughline.conversation.ConsentLinks;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.MyConversations;
import dev.throughline.conversation.Partners;
import dev.throughline.conversation.RunPorts;
import dev.throughline.conversation.Tools;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.Orders;
import dev.throughline.order.PlaceOrder;
import dev.throughline.trail.AuditRecords;
import dev.throughline.trail.ReadAudit;
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
    ListOrders listOrders(AccessPolicy policy, Orders orders, AuditLog audit, Clock clock) {
        return new ListOrders(policy, orders, audit, clock);
    }

    @Produces
    @Singleton
    FindOrder findOrder(AccessPolicy policy, Orders orders, AuditLog audit, Clock clock) {
        return new FindOrder(policy, orders, audit, clock);
    }

    @Produces
    @Singleton
    Questions questions(AccessPolicy policy, Approvals approvals, AuditLog audit, Clock clock) {
        return new Questions(policy, approvals, audit, clock);
    }

    @Produces
    @Singleton
    MyApprovals myApprovals(AccessPolicy policy, Approvals approvals, AuditLog audit, Clock clock) {
        return new MyApprovals(policy, approvals, audit, clock);
    }

    @Produces
    @Singleton
    MyConsents myConsents(AccessPolicy policy, Consents consents, AuditLog audit, Clock clock) {
        return new MyConsents(policy, consents, audit, clock);
    }

    @Produces
    @Singleton
    ReadAudit readAudit(AccessPolicy policy, AuditRecords records, AuditLog audit, Clock clock) {
        return new ReadAudit(policy, records, audit, clock);
    }

    @Produces
    @Singleton
    PlaceOrder placeOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        return new PlaceOrder(policy, questions, orders, audit, clock);
    }

    @Produces
    @Singleton
    AmendOrder amendOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        return new AmendOrder(policy, questions, orders, audit, clock);
    }

    @Produces
    @Singleton
    DeleteOrder deleteOrder(AccessPolicy policy, Questions questions, Orders orders, AuditLog audit, Clock clock) {
        return new DeleteOrder(policy, questions, orders, audit, clock);
    }

    @Produces
    @Singleton
    RunPorts runPorts(
            DelegatedTokens tokens,
            AgentGateway gateway,
            Tools tools,
            ToolCallLog toolCalls,
            Approvals approvals,
            Consents consents,
            AuditLog audit,
            Settings settings,
            Clock clock) {
        ConsentLinks links = new ConsentLinks(settings.agents().consentLinkHosts(), settings.local());
        return new RunPorts(tokens, gateway, tools, toolCalls, approvals, consents, audit, links, clock);
    }

    @Produces
    @Singleton
    Partners partners(AccessPolicy policy, AgentRegistry agents, Consents consents, Settings settings, Clock clock) {
        return new Partners(policy, agents, consents, settings.trust().passthrough(), clock);
    }

    @Produces
    @Singleton
    AskAgent askAgent(
            AccessPolicy policy,
            AgentRegistry agents,
            Partners partners,
            Conversations conversations,
            RunPorts ports,
            Settings settings) {
        return new AskAgent(policy, agents, partners, settings.agents().agent(), conversations, ports);
    }

    @Produces
    @Singleton
    MyConversations myConversations(
            AccessPolicy policy, AgentRegistry agents, Conversations conversations, RunPorts ports) {
        return new MyConversations(policy, agents, conversations, ports);
    }
}
