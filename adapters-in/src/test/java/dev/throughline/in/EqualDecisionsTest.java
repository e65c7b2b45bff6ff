package dev.throughline.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Grant;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.in.chat.ChatDoor;
import dev.throughline.in.fakes.Changing;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.People;
import dev.throughline.in.mcp.McpDoor;
import dev.throughline.in.mcp.RunDoor;
import dev.throughline.in.rest.RestDoor;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * REST, MCP and chat answer every caller as the policy decides, and as each other: the real adapters over the real use
 * cases, for all roles and scopes and all sorts of callers.
 */
class EqualDecisionsTest {
    private static final Set<String> TOOLS =
            Arrays.stream(Action.values()).map(Action::tool).collect(Collectors.toSet());
    private static final ClientId CLIENT = new ClientId("client");
    private static final User OTHER = new User(People.TENANT, new UserId(new UUID(0, 0xb9)), Set.of());
    private static final User FOREIGNER = new User(People.OTHER_TENANT, new UserId(new UUID(0, 0xb4)), Set.of());
    private static final String PLACED = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";
    private static final App CHAT = new App(CLIENT, "chat", true);
    private static final List<Consent> STANDINGS = List.of(Consent.ALLOWED, Consent.ASKED, Consent.REVOKED);
    private static final int LEAST = 100_000;

    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private int compared;

    @Test
    void every_caller_gets_the_policys_answer_at_each_door() {
        List<Caller> callers = callers();
        Changing current = new Changing(callers.get(0));
        ChatDoor chat = new ChatDoor(current, challenges);
        for (Caller caller : callers) {
            current.become(caller);
            InMemoryOrders orders = new InMemoryOrders();
            RestDoor rest = new RestDoor(current, orders, challenges);
            McpDoor mcp = new McpDoor(current, orders, challenges);
            if (caller instanceof Caller.UserThroughRun) {
                inRun(caller, new RunDoor(orders, challenges), orders);
                continue;
            }
            same(caller, Action.LIST_ORDERS, Door.REST, rest.list());
            same(caller, Action.LIST_ORDERS, Door.MCP, mcp.call("list-orders", "{}"));
            same(caller, Action.CREATE_ORDER, Door.REST, rest.place(PLACED));
            same(caller, Action.CREATE_ORDER, Door.MCP, mcp.call("create-order", PLACED));
            same(caller, Action.WHO_AM_I, Door.MCP, mcp.call("whoami", "{}"));
            same(caller, Action.CHECK_HEALTH, Door.MCP, mcp.call("health-check", "{}"));
            same(caller, Action.CHAT, Door.CHAT, chat.resume());
            for (User owner : List.of(People.VIC, OTHER, FOREIGNER)) {
                same(caller, Action.READ_ORDER, Door.REST, owner, rest.find(order(orders, owner)));
                same(caller, Action.READ_ORDER, Door.MCP, owner, mcp.call("get-order", id(order(orders, owner))));
                same(
                        caller,
                        Action.UPDATE_ORDER,
                        Door.REST,
                        owner,
                        rest.amend(order(orders, owner), "{\"quantity\":4}"));
                same(
                        caller,
                        Action.UPDATE_ORDER,
                        Door.MCP,
                        owner,
                        mcp.call("update-order", "{\"id\":\"" + order(orders, owner) + "\",\"quantity\":4}"));
                same(caller, Action.DELETE_ORDER, Door.REST, owner, rest.delete(order(orders, owner)));
                same(caller, Action.DELETE_ORDER, Door.MCP, owner, mcp.call("delete-order", id(order(orders, owner))));
            }
        }
        assertTrue(compared > LEAST, compared + " answers");
    }

    /** No token names such a caller, so that no door but the run itself ever meets one. */
    private void inRun(Caller caller, RunDoor run, InMemoryOrders orders) {
        same(caller, Action.LIST_ORDERS, Door.MCP, run.call(caller, "list-orders", "{}"));
        same(caller, Action.CREATE_ORDER, Door.MCP, run.call(caller, "create-order", PLACED));
        same(caller, Action.WHO_AM_I, Door.MCP, run.call(caller, "whoami", "{}"));
        same(caller, Action.CHECK_HEALTH, Door.MCP, run.call(caller, "health-check", "{}"));
        for (User owner : List.of(People.VIC, OTHER, FOREIGNER)) {
            same(caller, Action.READ_ORDER, Door.MCP, owner, run.call(caller, "get-order", id(order(orders, owner))));
            same(
                    caller,
                    Action.UPDATE_ORDER,
                    Door.MCP,
                    owner,
                    run.call(caller, "update-order", "{\"id\":\"" + order(orders, owner) + "\",\"quantity\":4}"));
            same(
                    caller,
                    Action.DELETE_ORDER,
                    Door.MCP,
                    owner,
                    run.call(caller, "delete-order", id(order(orders, owner))));
        }
    }

    @Test
    void where_rest_and_mcp_differ_it_is_the_door_that_the_policy_minds() {
        for (Caller caller : callers()) {
            for (Action action : Action.values()) {
                Decision rest = Desk.POLICY.decide(caller, action, Facts.at(Door.REST), Instant.now());
                Decision mcp = Desk.POLICY.decide(caller, action, Facts.at(Door.MCP), Instant.now());
                boolean minds = rest instanceof Deny deny
                        && Set.of(DenyReason.MCP_ONLY, DenyReason.USER_REQUIRED).contains(deny.reason());
                assertTrue(minds || words(rest).equals(words(mcp)), caller + " " + action);
            }
        }
    }

    private void same(Caller caller, Action action, Door door, String answer) {
        compare(caller, action, door, Facts.at(door), answer);
    }

    private void same(Caller caller, Action action, Door door, User owner, String answer) {
        compare(caller, action, door, Facts.at(door).about(owner.tenant(), owner.id()), answer);
    }

    private void compare(Caller caller, Action action, Door door, Facts facts, String answer) {
        // First as nothing is known of a row, then about the row: whom the action is not for learns nothing of it.
        Decision decision = Desk.POLICY.decide(caller, action, Facts.at(door), Instant.now());
        // What must be approved is looked at to be shown; what is only read cannot be approved, and is not looked at.
        boolean goesOn = decision instanceof Permit || decision instanceof NeedsApproval && action.writes();
        String expected = words(goesOn ? Desk.POLICY.decide(caller, action, facts, Instant.now()) : decision);
        if (!expected.equals(answer.strip())) {
            assertEquals(expected, answer.strip(), caller + " " + action + " " + facts);
        }
        compared++;
    }

    private String words(Decision decision) {
        if (decision instanceof Permit) {
            return "permit";
        }
        if (decision instanceof NeedsScope needs) {
            return "insufficient_scope " + challenges.insufficientScope(needs.scopes());
        }
        if (decision instanceof NeedsApproval || decision instanceof NeedsConsent) {
            return decision.rule();
        }
        DenyReason reason = ((Deny) decision).reason();
        return reason == DenyReason.NOT_OWNER || reason == DenyReason.OTHER_TENANT ? "order_not_found" : reason.code();
    }

    /**
     * A new order of this owner, since the last one may be gone; what was asked about others is no longer in the way.
     */
    private static String order(InMemoryOrders orders, User owner) {
        orders.approvals().forgetBefore(Instant.MAX);
        return orders.put(owner, "Lamp").toString();
    }

    private static String id(String order) {
        return "{\"id\":\"" + order + "\"}";
    }

    private static List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        for (Set<Role> roles : subsets(Role.values())) {
            User user = new User(People.TENANT, People.VIC.id(), roles);
            for (Set<Scope> scopes : subsets(Scope.values())) {
                Credential credential = new Credential(CLIENT, "our-api", scopes, Instant.MAX);
                callers.add(new Caller.UserDirectly(user, CHAT, credential));
                callers.add(new Caller.UserDirectly(user, new App(CLIENT, "tool", false), credential));
                for (Consent standing : STANDINGS) {
                    callers.add(new Caller.UserThroughAgent(
                            user, agent(Agent.Kind.PROMPT, TOOLS, Set.of()), credential, standing));
                    callers.add(new Caller.UserThroughAgent(
                            user, agent(Agent.Kind.PROMPT, TOOLS, TOOLS), credential, standing));
                    callers.add(new Caller.UserThroughRun(
                            user, CHAT, agent(Agent.Kind.PROMPT, TOOLS, Set.of()), credential, standing));
                    callers.add(new Caller.UserThroughRun(
                            user, CHAT, agent(Agent.Kind.PROMPT, TOOLS, TOOLS), credential, standing));
                    callers.add(new Caller.UserThroughUnknownAgent(user, credential, standing));
                }
                callers.add(new Caller.UserThroughAgent(
                        user, agent(Agent.Kind.MCP_CLIENT, Set.of(), Set.of()), credential, Consent.ALLOWED));
                callers.add(new Caller.UserThroughAgent(
                        user, agent(Agent.Kind.SHARED_PROJECT, TOOLS, Set.of()), credential, Consent.ALLOWED));
                callers.add(new Caller.UserThroughRun(
                        user,
                        new App(CLIENT, "tool", false),
                        agent(Agent.Kind.PROMPT, TOOLS, Set.of()),
                        credential,
                        Consent.ALLOWED));
            }
        }
        for (Set<String> tools : List.of(Set.<String>of(), Set.of("list-orders"), TOOLS)) {
            Agent agent = new Agent(
                    "agent",
                    Agent.Kind.PROMPT,
                    Agent.Route.OAUTH,
                    Optional.of(CLIENT),
                    new Grant(Set.of(), tools, Set.of()),
                    Set.of());
            callers.add(new Caller.AgentAsItself(
                    People.TENANT,
                    People.VIC.id().value(),
                    agent,
                    new Credential(CLIENT, "our-api", Set.of(), Instant.MAX)));
        }
        return callers;
    }

    private static Agent agent(Agent.Kind kind, Set<String> tools, Set<String> asking) {
        return new Agent(
                "agent",
                kind,
                Agent.Route.OAUTH,
                Optional.of(CLIENT),
                new Grant(tools, Set.of(), asking),
                Set.of(Scope.values()));
    }

    private static <E extends Enum<E>> List<Set<E>> subsets(E[] values) {
        return IntStream.range(0, 1 << values.length)
                .mapToObj(bits -> Arrays.stream(values)
                        .filter(value -> (bits & 1 << value.ordinal()) != 0)
                        .collect(Collectors.toUnmodifiableSet()))
                .toList();
    }
}
