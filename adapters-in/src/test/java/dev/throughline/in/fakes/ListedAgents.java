package dev.throughline.in.fakes;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry of these agents, without apps; tokens of the client {@code foundry} may be passed through. */
public final class ListedAgents implements AgentRegistry {
    private final List<Agent> agents;

    public ListedAgents(Agent... agents) {
        this.agents = List.of(agents);
    }

    @Override
    public Optional<Agent> agentOf(ClientId client) {
        return agents.stream()
                .filter(agent -> agent.client().equals(Optional.of(client)))
                .findFirst();
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    @Override
    public List<Agent> agents() {
        return agents;
    }

    @Override
    public Optional<App> appOf(ClientId client) {
        return Optional.empty();
    }

    @Override
    public List<App> apps() {
        return List.of();
    }

    @Override
    public boolean passesThrough(ClientId client) {
        return passthroughClients().contains(client);
    }

    @Override
    public Set<ClientId> passthroughClients() {
        return Set.of(new ClientId("foundry"));
    }
}
