package dev.throughline.out.database;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Credential;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Grant;
import dev.throughline.access.Proposal;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.trail.ArgumentsDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Agents that want to change orders for people, and what people are asked because of that. */
final class Assistants {
    static final String ASSISTANT = "orders-assistant";

    private static final AccessPolicy POLICY = new AccessPolicy();
    private static final ClientId CLIENT = new ClientId("an-agents-client");

    private Assistants() {}

    /** What an agent proposes, under the rules of now. */
    static Proposal proposal(User user, String agent, Action action, OptionalLong version) {
        return Proposal.of(through(user, agent), action, ArgumentsDigest.of(arguments()), version);
    }

    /** A question that has not been asked yet. */
    static Approval question(Proposal proposal, Instant now) {
        return new Approval(
                new ApprovalId(UUID.randomUUID()),
                proposal,
                arguments(),
                Optional.of(shown("pending")),
                Optional.of(shown("shipped")),
                Approval.State.PENDING,
                now.plus(Approval.LIFE));
    }

    /** The permit that the policy gives for an approval of this id, whatever there is under that id. */
    static Permit permit(Proposal proposal, User user, ApprovalId id) {
        Instant now = Instant.EPOCH;
        Approval approved = new Approval(
                id,
                proposal,
                arguments(),
                Optional.empty(),
                Optional.empty(),
                Approval.State.APPROVED,
                now.plus(Approval.LIFE));
        return POLICY.decide(
                        through(user, proposal.agent()),
                        proposal.action(),
                        Facts.at(Door.MCP).answered(proposal, Optional.of(approved)),
                        now)
                .either(permit -> permit, refusal -> {
                    throw new AssertionError(refusal.rule());
                });
    }

    /** Asks as the agent that the question is of. */
    static Optional<Approval> ask(Approvals approvals, Approval question, Instant now) {
        Proposal proposal = question.proposal();
        User user = new User(proposal.tenant(), proposal.user(), Set.of());
        return approvals.ask(through(user, proposal.agent()), question, now);
    }

    private static Caller through(User user, String agent) {
        Agent acting = new Agent(
                agent,
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(CLIENT),
                Grant.forPeople(Set.of("create-order", "update-order", "delete-order")),
                Set.of(Scope.ORDERS_WRITE));
        Credential credential = new Credential(CLIENT, "the-api", Set.of(Scope.ORDERS_WRITE), Instant.MAX);
        return new Caller.UserThroughAgent(user, acting, credential, Consent.ALLOWED);
    }

    private static Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("id", "ORD-003");
        arguments.put("customer_name", "Zoë \"Z\" \\ \u0000");
        arguments.put("quantity", 2);
        return arguments;
    }

    private static Map<String, Object> shown(String status) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("status", status);
        shown.put("quantity", 2);
        return shown;
    }
}
