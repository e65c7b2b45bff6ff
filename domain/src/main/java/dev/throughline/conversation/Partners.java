package dev.throughline.conversation;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Consents;
import dev.throughline.access.Decision;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Facts.Partner;
import dev.throughline.access.User;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Use case: see which agents there are, and which of them one may talk to. */
public final class Partners {
    private final AccessPolicy policy;
    private final AgentRegistry agents;
    private final Consents consents;
    private final boolean passthrough;
    private final Clock clock;

    /** @param passthrough whether tokens that were passed through are accepted here */
    public Partners(AccessPolicy policy, AgentRegistry agents, Consents consents, boolean passthrough, Clock clock) {
        this.policy = policy;
        this.agents = agents;
        this.consents = consents;
        this.passthrough = passthrough;
        this.clock = clock;
    }

    /**
     * An agent and whether a person may talk to it.
     *
     * @param agent the agent
     * @param decision the answer of the policy
     */
    public record Choice(Agent agent, Decision decision) {}

    /** Whether a person may talk to agents at all. */
    public Decision mayChat(Caller caller) {
        return policy.decide(caller, Action.CHAT, Facts.at(Door.CHAT), clock.instant());
    }

    /** All agents, in the registry's order, each with the answer that this caller would get. */
    public List<Choice> choices(Caller caller) {
        return agents.agents().stream()
                .map(agent -> new Choice(agent, decide(caller, agent)))
                .toList();
    }

    /** Whether a person may talk to an agent. */
    Decision decide(Caller caller, Agent agent) {
        Partner partner = new Partner(agent, consent(caller, agent), reachable(agent));
        return policy.decide(caller, Action.CHAT, Facts.at(Door.CHAT).with(partner), clock.instant());
    }

    private boolean reachable(Agent agent) {
        return passthrough || agent.route() != Agent.Route.PASSTHROUGH;
    }

    /** A token that is passed through does not name the agent: what was taken back from its client counts. */
    private Consent consent(Caller caller, Agent agent) {
        Stream<String> names = agent.route() == Agent.Route.PASSTHROUGH
                ? Stream.concat(
                        Stream.of(agent.name()),
                        agents.passthroughClients().stream().map(ClientId::value))
                : Stream.of(agent.name());
        return caller.person()
                .filter(user -> names.anyMatch(name -> revoked(user, name)))
                .map(user -> Consent.REVOKED)
                .orElse(Consent.NONE);
    }

    private boolean revoked(User user, String name) {
        return consents.state(user.tenant(), user.id(), name) == Consent.REVOKED;
    }
}
