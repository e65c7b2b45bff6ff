package dev.throughline.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One of all the ways in which a caller can come: what sort of caller it is, and each right that it has or lacks as one
 * bit.
 *
 * @param kind the sort
 * @param rights the rights that it has, each a bit
 */
record Combination(Kind kind, int rights) {
    /** Four bits each, in the order of the enumerations. */
    private static final int FIRST_ROLE = 0;

    private static final int FIRST_SCOPE = 4;
    private static final int ROLES = 0xf;
    private static final int SCOPES = 0xf0;

    /** The app may approve. */
    static final int MAY_APPROVE = 0x100;

    /** The agent has the tool in its grant. */
    static final int GRANTED = 0x200;

    /** The agent may use the tool without an approval, as far as its grant goes. */
    static final int UNASKED = 0x400;

    /** The agent asks people for the scope to read. */
    static final int ASKS_TO_READ = 0x800;

    /** The agent asks people for the scope to write. */
    static final int ASKS_TO_WRITE = 0x1000;

    static final int BITS = 13;

    private static final int GRANT = GRANTED | UNASKED;
    private static final ClientId CLIENT = new ClientId("client");

    /** The sorts of callers, each with the rights that make a difference to it, or that somebody might think do. */
    enum Kind {
        DIRECTLY(ROLES | SCOPES | MAY_APPROVE),
        THROUGH_AGENT(ROLES | SCOPES | GRANT),
        THROUGH_SHARED_IDENTITY(ROLES | SCOPES | GRANT),
        THROUGH_RUN(ROLES | SCOPES | MAY_APPROVE | GRANT | ASKS_TO_READ | ASKS_TO_WRITE),
        THROUGH_UNKNOWN_AGENT(ROLES | SCOPES),
        AS_ITSELF(SCOPES | GRANT),
        AS_SHARED_IDENTITY(SCOPES | GRANT);

        private final int rights;

        Kind(int rights) {
            this.rights = rights;
        }
    }

    static void forEach(Consumer<Combination> visitor) {
        for (Kind kind : Kind.values()) {
            for (int rights = kind.rights; rights >= 0; rights--) {
                if ((rights & ~kind.rights) == 0) {
                    visitor.accept(new Combination(kind, rights));
                }
            }
        }
    }

    boolean has(int right) {
        return (rights & right) != 0;
    }

    Combination without(int right) {
        return new Combination(kind, rights & ~right);
    }

    Set<Role> roles() {
        return set(Role.values(), FIRST_ROLE);
    }

    Set<Scope> scopes() {
        return set(Scope.values(), FIRST_SCOPE);
    }

    /** The caller; its grant is about this action alone. */
    Caller caller(Action action) {
        User user = new User(TestCallers.TENANT, TestCallers.VIC, roles());
        App app = new App(CLIENT, "app", has(MAY_APPROVE));
        Credential credential = TestCallers.credential(CLIENT, scopes());
        return switch (kind) {
            case DIRECTLY -> new Caller.UserDirectly(user, app, credential);
            case THROUGH_AGENT -> new Caller.UserThroughAgent(user, agent(action, Agent.Kind.PROMPT), credential);
            case THROUGH_SHARED_IDENTITY ->
                new Caller.UserThroughAgent(user, agent(action, Agent.Kind.SHARED_PROJECT), credential);
            case THROUGH_RUN -> new Caller.UserThroughRun(user, app, agent(action, Agent.Kind.HOSTED), credential);
            case THROUGH_UNKNOWN_AGENT -> new Caller.UserThroughUnknownAgent(user, credential);
            case AS_ITSELF -> asItself(agent(action, Agent.Kind.PROMPT), credential);
            case AS_SHARED_IDENTITY -> asItself(agent(action, Agent.Kind.SHARED_PROJECT), credential);
        };
    }

    private static Caller asItself(Agent agent, Credential credential) {
        // Its own id is Vic's here, so that "own rows" means the same for every caller.
        return new Caller.AgentAsItself(TestCallers.TENANT, TestCallers.VIC.value(), agent, credential);
    }

    private Agent agent(Action action, Agent.Kind agentKind) {
        Set<String> tool = Set.of(action.tool());
        boolean itself = kind == Kind.AS_ITSELF || kind == Kind.AS_SHARED_IDENTITY;
        Set<Scope> asked = EnumSet.noneOf(Scope.class);
        if (has(ASKS_TO_READ)) {
            asked.add(Scope.ORDERS_READ);
        }
        if (has(ASKS_TO_WRITE)) {
            asked.add(Scope.ORDERS_WRITE);
        }
        // The grant of the other way to act is always there, so that mixing them up shows.
        Grant grant = new Grant(
                has(GRANTED) || itself ? tool : Set.of(),
                has(GRANTED) || !itself ? tool : Set.of(),
                has(UNASKED) ? Set.of() : tool);
        return new Agent("agent", agentKind, Agent.Route.OAUTH, Optional.of(CLIENT), grant, asked);
    }

    private <E extends Enum<E>> Set<E> set(E[] values, int first) {
        return IntStream.range(0, values.length)
                .filter(i -> has(1 << (first + i)))
                .mapToObj(i -> Arrays.asList(values).get(i))
                .collect(Collectors.toSet());
    }
}
