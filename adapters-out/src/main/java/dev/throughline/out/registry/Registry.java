package dev.throughline.out.registry;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One state of the registry. There are few agents, so looking through them all is quick enough. */
record Registry(List<App> apps, List<Agent> agents, List<PassthroughClient> passthroughs) implements AgentRegistry {
    Registry {
        apps = List.copyOf(apps);
        agents = List.copyOf(agents);
        passthroughs = List.copyOf(passthroughs);
        Set<String> names = new HashSet<>();
        Set<ClientId> clients = new HashSet<>();
        apps.forEach(app -> {
            once(names, app.name(), app.name(), "name");
            once(clients, app.client(), app.name(), "clientId");
        });
        agents.forEach(agent -> {
            once(names, agent.name(), agent.name(), "name");
            agent.client().ifPresent(client -> once(clients, client, agent.name(), "clientId"));
        });
        passthroughs.forEach(other -> {
            once(names, other.name(), other.name(), "name");
            once(clients, other.client(), other.name(), "clientId");
        });
    }

    private static <T> void once(Set<T> seen, T value, String entry, String field) {
        if (!seen.add(value)) {
            throw new IllegalArgumentException(
                    "In the agent registry, %s of %s is also that of another entry.".formatted(field, entry));
        }
    }

    @Override
    public Optional<Agent> agentOf(ClientId client) {
        return agents.stream()
                .filter(agent -> agent.client().filter(client::equals).isPresent())
                .findFirst();
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    @Override
    public Optional<App> appOf(ClientId client) {
        return apps.stream().filter(app -> app.client().equals(client)).findFirst();
    }

    @Override
    public boolean passesThrough(ClientId client) {
        return passthroughClients().contains(client);
    }

    @Override
    public Set<ClientId> passthroughClients() {
        return passthroughs.stream().map(PassthroughClient::client).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A client whose tokens for somebody else's audience may be passed through to us.
     *
     * @param client its id
     * @param name its name in the registry
     */
    record PassthroughClient(ClientId client, String name) {}
}
