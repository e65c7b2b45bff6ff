package dev.throughline.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The sample people and agents, as callers. */
public final class TestCallers {
    public static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    public static final Instant GOOD_UNTIL = NOW.plus(Duration.ofHours(1));
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final TenantId TENANT = new TenantId(new UUID(0, 1));
    public static final UserId VIC = new UserId(new UUID(0, 0xb4));
    public static final UserId PAT = new UserId(new UUID(0, 0xb3));
    public static final UUID NIGHT_AGENT = new UUID(0, 0xa5);
    public static final String AUDIENCE = "api";
    public static final App WEB_CHAT = new App(new ClientId("web-chat-client"), "web-chat", true);
    public static final App REPORTS = new App(new ClientId("reports-client"), "reports", false);
    public static final Agent ASSISTANT = agent(Set.of(
            "list-orders", "get-order", "create-order", "update-order", "delete-order", "whoami", "health-check"));

    private TestCallers() {}

    public static Agent agent(Set<String> tools) {
        return agent(Agent.Kind.PROMPT, Grant.forPeople(tools));
    }

    public static Agent agent(Agent.Kind kind, Grant grant) {
        return new Agent(
                "orders-assistant",
                kind,
                Agent.Route.OAUTH,
                Optional.of(new ClientId("assistant-client")),
                grant,
                Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));
    }

    /** An agent of a run of ours, which has no client; it asks people for these scopes. */
    public static Agent functions(Set<String> tools, Set<Scope> scopes) {
        return new Agent(
                "orders-functions",
                Agent.Kind.HOSTED,
                Agent.Route.FUNCTION,
                Optional.empty(),
                Grant.forPeople(tools),
                scopes);
    }

    public static Caller directly(UserId user, Role... roles) {
        return in(WEB_CHAT, user, EnumSet.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), roles);
    }

    public static Caller in(App app, UserId user, Set<Scope> scopes, Role... roles) {
        return new Caller.UserDirectly(person(user, roles), app, credential(app.client(), scopes));
    }

    public static Caller through(Agent agent, UserId user, Set<Scope> scopes, Role... roles) {
        return through(agent, user, Consent.ALLOWED, scopes, roles);
    }

    /** With a token that was issued to the agent, whatever the ledger says now. */
    static Caller through(Agent agent, UserId user, Consent standing, Set<Scope> scopes, Role... roles) {
        return new Caller.UserThroughAgent(
                person(user, roles), agent, credential(agent.client().orElseThrow(), scopes), standing);
    }

    public static Caller throughRun(Agent agent, UserId user, Set<Scope> scopes, Role... roles) {
        return throughRun(agent, user, Consent.ALLOWED, scopes, roles);
    }

    static Caller throughRun(Agent agent, UserId user, Consent standing, Set<Scope> scopes, Role... roles) {
        return new Caller.UserThroughRun(
                person(user, roles), WEB_CHAT, agent, credential(WEB_CHAT.client(), scopes), standing);
    }

    /** With a token that claims scopes and roles, neither of which is ours. */
    public static Caller throughUnknownAgent(UserId user, Set<Scope> scopes, Role... roles) {
        return throughUnknownAgent(user, Consent.ALLOWED, scopes, roles);
    }

    static Caller throughUnknownAgent(UserId user, Consent standing, Set<Scope> scopes, Role... roles) {
        return new Caller.UserThroughUnknownAgent(
                person(user, roles), credential(new ClientId("foundry"), scopes), standing);
    }

    static Caller asItself(Set<String> tools) {
        Agent agent = agent(Agent.Kind.PROMPT, new Grant(Set.of(), tools, Set.of()));
        return new Caller.AgentAsItself(
                TENANT, NIGHT_AGENT, agent, credential(agent.client().orElseThrow(), Set.of()));
    }

    static Credential credential(ClientId client, Set<Scope> scopes) {
        return new Credential(client, AUDIENCE, scopes, GOOD_UNTIL);
    }

    public static User person(UserId user, Role... roles) {
        return new User(TENANT, user, Set.of(roles));
    }
}
