package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Credential;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Facts;
import dev.throughline.access.Grant;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.e2e.Running;
import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sample of callers at the doors of the running product: each answer is the one that the policy gives in process. The
 * whole of the combinations is tried there, over the same adapters.
 */
class DecisionsIT {
    private static final Map<Door, Action> ACTIONS = Map.of(
            Door.LIST, Action.LIST_ORDERS,
            Door.READ, Action.READ_ORDER,
            Door.UPDATE, Action.UPDATE_ORDER,
            Door.DELETE, Action.DELETE_ORDER,
            Door.TOOL, Action.UPDATE_ORDER,
            Door.CHAT, Action.CHAT,
            Door.STREAM, Action.CHAT,
            Door.RESUME, Action.CHAT,
            Door.DECLINE, Action.CHAT);
    /** What {@code agents.json} grants to the assistant, as far as the doors ask for it. */
    private static final Set<String> TOOLS = Set.of("list-orders", "get-order", "update-order", "delete-order");

    private static final Set<String> ASKING = Set.of("update-order", "delete-order");

    private final LocalStack stack = Running.stack();
    private final Client client = new Client(stack.ports().web());
    private final Refusal refusal =
            new Refusal("http://localhost:" + stack.ports().web());

    static Stream<Arguments> callers() {
        List<Set<Role>> roles =
                List.of(Set.of(), Set.of(Role.VIEWER), Set.of(Role.ANALYST), Set.of(Role.PM), Set.of(Role.ADMIN));
        List<Set<Scope>> scopes =
                List.of(Set.of(Scope.ORDERS_READ), Set.of(Scope.ORDERS_WRITE), Set.of(Scope.ORDERS_AUDIT), Set.of());
        return roles.stream()
                .flatMap(some -> scopes.stream()
                        .flatMap(others -> Stream.of(
                                Arguments.of(some, others, Good.WEB_CHAT),
                                Arguments.of(some, others, Good.ASSISTANT))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("callers")
    void every_door_answers_as_the_policy_decides(Set<Role> roles, Set<Scope> scopes, String app) {
        TokenDraft draft = Good.asNewPerson(stack.entra().tokens().user("ada"))
                .with("azp", app)
                .with("roles", roles.stream().map(Role::claim).toList())
                .with("scp", scopes.stream().map(Scope::claim).collect(Collectors.joining(" ")));
        Caller caller = caller(draft, roles, scopes, app);

        client.knock(EnumSet.copyOf(ACTIONS.keySet()), Presentation.bearing(draft.sign()))
                .forEach((door, answer) -> assertDecided(decision(caller, door), door, answer));
    }

    private static Decision decision(Caller caller, Door door) {
        dev.throughline.access.Door way = switch (door.adapter) {
            case "rest" -> dev.throughline.access.Door.REST;
            case "mcp" -> dev.throughline.access.Door.MCP;
            default -> dev.throughline.access.Door.CHAT;
        };
        return new AccessPolicy().decide(caller, ACTIONS.get(door), Facts.at(way), Instant.now());
    }

    private void assertDecided(Decision decision, Door door, Answer answer) {
        if (decision instanceof Permit || decision instanceof NeedsApproval) {
            // Nobody has the order, so that there is nothing to ask the person about.
            assertTrue(door.isOpen(answer), door + " " + answer);
        } else if (decision instanceof NeedsScope) {
            refusal.assertNeedsScope(door, answer);
        } else if (door == Door.TOOL) {
            assertTrue(answer.body().contains(((Deny) decision).reason().sentence()), door + " " + answer);
        } else {
            assertEquals(
                    "403 " + ((Deny) decision).reason().code(),
                    answer.status() + " " + answer.reason(),
                    door + " " + answer);
        }
    }

    private static Caller caller(TokenDraft draft, Set<Role> roles, Set<Scope> scopes, String app) {
        ClientId id = new ClientId(app);
        User user = new User(
                new TenantId(UUID.fromString((String) draft.claims().get("tid"))),
                new UserId(UUID.fromString((String) draft.claims().get("oid"))),
                roles);
        Credential credential = new Credential(id, Refusal.API, scopes, Instant.MAX);
        return app.equals(Good.WEB_CHAT)
                ? new Caller.UserDirectly(user, new App(id, "web-chat", true), credential)
                : new Caller.UserThroughAgent(user, assistant(id), credential, Consent.ALLOWED);
    }

    private static Agent assistant(ClientId id) {
        return new Agent(
                "orders-assistant",
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(id),
                new Grant(TOOLS, Set.of(), ASKING),
                Set.of());
    }
}
