package dev.throughline.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port: the agents and apps that this installation knows. Whoever is not in it is refused. */
public interface AgentRegistry {

    /** The agent that presents itself with this client. */
    Optional<Agent> agentOf(ClientId client);

    /** The agent of this name. */
    Optional<Agent> agentNamed(String name);

    /** All agents, in the registry's order. */
    List<Agent> agents();

    /** Our own app that signs people in with this client. */
    Optional<App> appOf(ClientId client);

    /** Our own apps, in the registry's order. */
    List<App> apps();

    /** Whether tokens that were issued to this client for somebody else's audience may be passed through to us. */
    boolean passesThrough(ClientId client);

    /** The clients of {@link #passesThrough}. */
    Set<ClientId> passthroughClients();
}
