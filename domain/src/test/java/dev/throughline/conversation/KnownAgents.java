package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.access.Grant;
import dev.throughline.access.Scope;
import dev.throughline.access.TestCallers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry with an agent of each sort, which a test can change. */
final class KnownAgents implements AgentRegistry {
    static final ClientId PROXY = new ClientId("foundry");
    static final Set<Scope> SCOPES = Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE);
    static final Set<String> TOOLS =
            Set.of("list-orders", "get-order", "create-order", "update-order", "delete-order", "whoami");
    static final Agent FUNCTIONS = TestCallers.functions(TOOLS, SCOPES);
    static final Agent PASSTHROUGH = agent("orders-passthrough", Agent.Kind.PROMPT, Agent.Route.PASSTHROUGH);
    static final Agent DESKTOP = agent("desktop", Agent.Kind.MCP_CLIENT, Agent.Route.OAUTH);
    static final Agent LEGACY = agent("legacy-agent", Agent.Kind.SHARED_PROJECT, Agent.Route.OAUTH);
    static final Agent NIGHT = new Agent(
            "night-agent",
            Agent.Kind.PROMPT,
            Agent.Route.OAUTH,
            Optional.of(new ClientId("night-agent-client")),
            new Grant(Set.of(), Set.of("list-orders", "whoami"), Set.of()),
            Set.of());

    private final List<Agent> agents =
            new ArrayList<>(List.of(TestCallers.ASSISTANT, FUNCTIONS, PASSTHROUGH, NIGHT, LEGACY, DESKTOP));

    /** From now on the agent of this name is this one. */
    void change(Agent agent) {
        agents.replaceAll(known -> known.name().equals(agent.name()) ? agent : known);
    }

    void add(Agent agent) {
        agents.add(agent);
    }

    void remove(String name) {
        agents.removeIf(known -> known.name().equals(name));
    }

    private static Agent agent(String name, Agent.Kind kind, Agent.Route route) {
        return new Agent(
                name, kind, route, Optional.of(new ClientId(name + "-client")), Grant.forPeople(TOOLS), SCOPES);
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
        return List.copyOf(agents);
    }

    @Override
    public Optional<App> appOf(ClientId client) {
        return Optional.of(TestCallers.WEB_CHAT).filter(app -> app.client().equals(client));
    }

    @Override
    public List<App> apps() {
        return List.of(TestCallers.WEB_CHAT);
    }

    @Override
    public boolean passesThrough(ClientId client) {
        return PROXY.equals(client);
    }

    @Override
    public Set<ClientId> passthroughClients() {
        return Set.of(PROXY);
    }
}
