package dev.throughline.access;

import java.util.Optional;
import java.util.Set;

/**
 * An agent or MCP client that may act for people, within its grant.
 *
 * @param name how people and Foundry call it
 * @param kind what sort of client it is
 * @param route how its tool calls reach us
 * @param client the OAuth client it presents itself with; empty where its tool calls carry none of its own
 * @param tools the tools it may use for a person
 * @param scopes what it asks people to consent to
 */
public record Agent(
        String name, Kind kind, Route route, Optional<ClientId> client, Set<String> tools, Set<Scope> scopes) {

    /** What sort of client an agent is. */
    public enum Kind {
        PROMPT,
        HOSTED,
        MCP_CLIENT
    }

    /** How an agent's tool calls reach us. */
    public enum Route {
        /** With a token for our API, issued to the agent's own OAuth client for the person. */
        OAUTH
    }

    public Agent {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An agent needs a name");
        }
        tools = Set.copyOf(tools);
        scopes = Set.copyOf(scopes);
    }

    /** Whether people talk to it in our chat, rather than in a program of their own. */
    public boolean chats() {
        return kind != Kind.MCP_CLIENT;
    }
}
