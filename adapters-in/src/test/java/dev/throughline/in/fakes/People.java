package dev.throughline.in.fakes;

import dev.throughline.access.Agent;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Credential;
import dev.throughline.access.Grant;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who calls in the tests. */
public final class People {
    public static final TenantId TENANT = new TenantId(new UUID(0, 1));
    public static final TenantId OTHER_TENANT = new TenantId(new UUID(0, 2));
    public static final User VIC = person(0xb4, Role.VIEWER);
    public static final User ADA = person(0xb1, Role.ADMIN);
    public static final Agent ASSISTANT = new Agent(
            "orders-assistant",
            Agent.Kind.PROMPT,
            Agent.Route.OAUTH,
            Optional.of(new ClientId("assistant-client")),
            Grant.forPeople(Set.of("list-orders", "get-order", "create-order", "whoami")),
            Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));

    private static final App WEB_CHAT = new App(new ClientId("web-chat"), "web-chat", true);

    private People() {}

    /** In the web chat, with scopes to read and write. */
    public static Caller directly(User user) {
        return directly(user, Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));
    }

    /** In the web chat, with exactly these scopes. */
    public static Caller directly(User user, Set<Scope> scopes) {
        return new Caller.UserDirectly(
                user, WEB_CHAT, new Credential(WEB_CHAT.client(), "our-api", scopes, Instant.MAX));
    }

    /** Through the assistant, with scopes to read and write. */
    public static Caller throughAssistant(User user) {
        ClientId client = ASSISTANT.client().orElseThrow();
        return new Caller.UserThroughAgent(
                user,
                ASSISTANT,
                new Credential(client, "our-api", Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), Instant.MAX));
    }

    /** An agent that reads for nobody but itself. */
    public static Caller nightAgent() {
        ClientId client = new ClientId("night-agent-client");
        Agent agent = new Agent(
                "night-agent",
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(client),
                new Grant(Set.of(), Set.of("list-orders", "whoami"), Set.of()),
                Set.of());
        return new Caller.AgentAsItself(
                TENANT, new UUID(0, 0xa5), agent, new Credential(client, "our-api", Set.of(), Instant.MAX));
    }

    /** Through an agent of which the token says nothing. */
    public static Caller throughUnknownAgent(User user) {
        return new Caller.UserThroughUnknownAgent(
                user, new Credential(new ClientId("foundry"), "https://ai.azure.com", Set.of(), Instant.MAX));
    }

    private static User person(long id, Role role) {
        return new User(TENANT, new UserId(new UUID(0, id)), Set.of(role));
    }
}
