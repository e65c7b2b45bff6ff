package dev.throughline.in.fakes;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who calls in the tests. */
public final class People {
    public static final TenantId TENANT = new TenantId(new UUID(0, 1));
    public static final TenantId OTHER_TENANT = new TenantId(new UUID(0, 2));
    private static final Set<String> TOOLS = Stream.of(Action.values())
            .filter(action -> !action.personal())
            .map(Action::tool)
            .collect(Collectors.toUnmodifiableSet());

    public static final User VIC = person(0xb4, Role.VIEWER);
    public static final User ADA = person(0xb1, Role.ADMIN);
    public static final Agent ASSISTANT = new Agent(
            "orders-assistant",
            Agent.Kind.PROMPT,
            Agent.Route.OAUTH,
            Optional.of(new ClientId("assistant-client")),
            Grant.forPeople(Set.of("list-orders", "get-order", "create-order", "whoami")),
            Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));

    /** May use every tool, where its person says yes to each change. */
    public static final Agent EDITOR = new Agent(
            "orders-editor",
            Agent.Kind.HOSTED,
            Agent.Route.OAUTH,
            Optional.of(new ClientId("editor-client")),
            Grant.forPeople(TOOLS),
            Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));

    /** The same, but has its tools called by our own runs. */
    public static final Agent FUNCTIONS = new Agent(
            "orders-functions",
            Agent.Kind.HOSTED,
            Agent.Route.FUNCTION,
            Optional.empty(),
            Grant.forPeople(TOOLS),
            Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));

    private static final App WEB_CHAT = new App(new ClientId("web-chat"), "web-chat", true);
    private static final App SCRIPT = new App(new ClientId("script"), "script", false);

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

    /** In an app of ours in which nobody may approve, consent or chat. */
    public static Caller inScript(User user) {
        return new Caller.UserDirectly(
                user,
                SCRIPT,
                new Credential(SCRIPT.client(), "our-api", Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), Instant.MAX));
    }

    /** Through the assistant, with scopes to read and write. */
    public static Caller throughAssistant(User user) {
        return through(user, ASSISTANT, Consent.ALLOWED);
    }

    /** Through an agent with a token of its own client, with scopes to read and write. */
    public static Caller through(User user, Agent agent, Consent standing) {
        ClientId client = agent.client().orElseThrow();
        return new Caller.UserThroughAgent(
                user,
                agent,
                new Credential(client, "our-api", Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), Instant.MAX),
                standing);
    }

    /** Through an agent in a run of ours, which was begun in the web chat. */
    public static Caller throughRun(User user, Agent agent, Consent standing) {
        Caller.UserDirectly person = (Caller.UserDirectly) directly(user);
        return new Caller.UserThroughRun(user, person.app(), agent, person.credential(), standing);
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
                user,
                new Credential(new ClientId("foundry"), "https://ai.azure.com", Set.of(), Instant.MAX),
                Consent.ALLOWED);
    }

    private static User person(long id, Role role) {
        return new User(TENANT, new UserId(new UUID(0, id)), Set.of(role));
    }
}
