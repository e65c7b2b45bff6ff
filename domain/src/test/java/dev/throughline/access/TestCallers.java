package dev.throughline.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The sample people, as callers. */
public final class TestCallers {
    public static final TenantId TENANT = new TenantId(new UUID(0, 1));
    public static final UserId VIC = new UserId(new UUID(0, 0xb4));
    public static final UserId PAT = new UserId(new UUID(0, 0xb3));
    public static final String AUDIENCE = "api";
    public static final App WEB_CHAT = new App(new ClientId("web-chat-client"), "web-chat", true);
    public static final App REPORTS = new App(new ClientId("reports-client"), "reports", false);
    public static final Agent ASSISTANT = agent(Set.of(
            "list-orders", "get-order", "create-order", "update-order", "delete-order", "whoami", "health-check"));

    private TestCallers() {}

    public static Agent agent(Set<String> tools) {
        return new Agent(
                "orders-assistant",
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(new ClientId("assistant-client")),
                tools,
                Set.of(Scope.ORDERS_READ));
    }

    public static Caller directly(UserId user, Role... roles) {
        return in(WEB_CHAT, user, EnumSet.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), roles);
    }

    public static Caller in(App app, UserId user, Set<Scope> scopes, Role... roles) {
        return new Caller.UserDirectly(person(user, roles), app, new Credential(app.client(), AUDIENCE, scopes));
    }

    public static Caller through(Agent agent, UserId user, Set<Scope> scopes, Role... roles) {
        return new Caller.UserThroughAgent(
                person(user, roles), agent, new Credential(agent.client().orElseThrow(), AUDIENCE, scopes));
    }

    private static User person(UserId user, Role... roles) {
        return new User(TENANT, user, Set.of(roles));
    }
}
