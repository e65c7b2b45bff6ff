package dev.throughline.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An agent or MCP client that may act for people, or as itself, within its grant.
 *
 * @param name how people and Foundry call it
 * @param kind what sort of client it is
 * @param route how its tool calls reach us
 * @param client the OAuth client it presents itself with; empty where its tool calls carry none of its own
 * @param grant what it may use
 * @param scopes what it asks people to consent to
 */
public record Agent(String name, Kind kind, Route route, Optional<ClientId> client, Grant grant, Set<Scope> scopes) {

    /** What sort of client an agent is. */
    public enum Kind {
        PROMPT,
        HOSTED,
        MCP_CLIENT,
        /** Not one agent but all of a project's that share one identity, which hides who acts: always refused. */
        SHARED_PROJECT
    }

    /** How an agent's tool calls reach us. */
    public enum Route {
        /** With a token for our API, issued to the agent's own client, for the person or for the agent as itself. */
        OAUTH,
        /** As function calls that our own run executes, with no token of the agent. */
        FUNCTION,
        /** With a token of the person for somebody else's audience, which does not name the agent. */
        PASSTHROUGH
    }

    public Agent {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An agent needs a name");
        }
        scopes = Set.copyOf(scopes);
    }

    /** Whether it is an agent of the project, which people can talk to in our chat, and not a program of its own. */
    public boolean chats() {
        return kind != Kind.MCP_CLIENT;
    }

    /** Whether it acts as itself rather than for the person who talks to it. */
    public boolean actsAsItself() {
        return !grant.toolsAsItself().isEmpty();
    }

    /** Whether its identity is one that several agents share. */
    public boolean shared() {
        return kind == Kind.SHARED_PROJECT;
    }

    /** This agent where it acts at the end of a chain: with no right that {@code other} has not, too. */
    public Agent within(Agent other) {
        return new Agent(
                name,
                kind,
                route,
                client,
                grant.within(other.grant),
                scopes.stream().filter(other.scopes::contains).collect(Collectors.toUnmodifiableSet()));
    }
}
