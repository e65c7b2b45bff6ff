package dev.throughline.in.security;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.access.Grant;
import dev.throughline.access.Origin;
import dev.throughline.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What verified tokens say of the sample callers, each method a change of one thing, and who of them is registered. */
record Tokens(
        String client, Set<String> scopes, Set<String> roles, boolean appOnly, ActingClaims acting, boolean passed) {
    static final UUID TENANT = new UUID(0, 1);
    static final UUID SUBJECT = new UUID(0, 0xb4);
    static final Instant EXPIRY = Instant.parse("2026-11-21T10:00:00Z");
    private static final ActingClaims NOBODY = new ActingClaims(false, Set.of(), Set.of(), List.of());

    /** Vic in the web chat. */
    static Tokens vic() {
        return new Tokens(
                "web-chat", Set.of("Orders.Read", "Mail.Read"), Set.of("Viewer", "King"), false, NOBODY, false);
    }

    /** The night agent as itself. */
    static Tokens nightAgent() {
        ActingClaims itself = new ActingClaims(true, Set.of("11"), Set.of("11"), List.of());
        return new Tokens("night", Set.of(), Set.of("MCP.Access"), true, itself, false);
    }

    Tokens of(String other) {
        return new Tokens(other, scopes, roles, appOnly, acting, passed);
    }

    Tokens withRoles(String... others) {
        return new Tokens(client, scopes, Set.of(others), appOnly, acting, passed);
    }

    Tokens passedThrough() {
        return new Tokens(client, scopes, roles, appOnly, acting, true);
    }

    Tokens acting(ActingClaims other) {
        return new Tokens(client, scopes, roles, appOnly, other, passed);
    }

    Tokens actorFacets(String... facets) {
        return acting(new ActingClaims(acting.itself(), Set.of(facets), acting.subjectFacets(), acting.actors()));
    }

    Tokens subjectFacets(String... facets) {
        return acting(new ActingClaims(acting.itself(), acting.actorFacets(), Set.of(facets), acting.actors()));
    }

    Tokens actors(String... actors) {
        List<ClientId> chain = List.of(actors).stream().map(ClientId::new).toList();
        return acting(new ActingClaims(acting.itself(), acting.actorFacets(), acting.subjectFacets(), chain));
    }

    VerifiedToken verified() {
        return new VerifiedToken(
                TENANT,
                SUBJECT,
                new ClientId(client),
                "our-api",
                scopes,
                roles,
                appOnly,
                EXPIRY,
                acting,
                passed,
                Origin.UNKNOWN);
    }

    /** The apps and agents of the tests, each of which presents itself with its own name. */
    static final class Known implements AgentRegistry {
        private static final List<Agent> AGENTS = List.of(
                agent("assistant", Agent.Kind.PROMPT, Grant.forPeople(Set.of("list-orders", "create-order"))),
                agent("helper", Agent.Kind.PROMPT, Grant.forPeople(Set.of("list-orders", "get-order"))),
                agent("night", Agent.Kind.PROMPT, new Grant(Set.of("whoami"), Set.of("list-orders"), Set.of())),
                agent("legacy", Agent.Kind.SHARED_PROJECT, Grant.forPeople(Set.of())));

        private static Agent agent(String name, Agent.Kind kind, Grant grant) {
            return new Agent(
                    name, kind, Agent.Route.OAUTH, Optional.of(new ClientId(name)), grant, Set.of(Scope.ORDERS_READ));
        }

        @Override
        public Optional<Agent> agentOf(ClientId client) {
            return agentNamed(client.value());
        }

        @Override
        public Optional<Agent> agentNamed(String name) {
            return AGENTS.stream().filter(agent -> agent.name().equals(name)).findFirst();
        }

        @Override
        public List<Agent> agents() {
            return AGENTS;
        }

        @Override
        public Optional<App> appOf(ClientId client) {
            return apps().stream().filter(app -> app.client().equals(client)).findFirst();
        }

        @Override
        public List<App> apps() {
            return List.of(new App(new ClientId("web-chat"), "web-chat", true));
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
}
