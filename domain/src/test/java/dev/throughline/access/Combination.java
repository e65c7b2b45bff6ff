package dev.throughline.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One of all the ways in which a caller can come: what sort of caller it is, each right that it has or lacks as one
 * bit, and what the person has said to whoever acts for them.
 *
 * @param kind the sort
 * @param rights the rights that it has, each a bit
 * @param consent what the person has said; without meaning where nobody acts for a person
 */
record Combination(Kind kind, int rights, Consent consent) {
    /** Four bits each, in the order of the enumerations. */
    private static final int FIRST_ROLE = 0;

    private static final int FIRST_SCOPE = 4;
    private static final int ROLES = 0xf;

    static final int SCOPES = 0xf0;

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
        THROUGH_AGENT(ROLES | SCOPES | GRANT, Consent.values()),
        THROUGH_SHARED_IDENTITY(ROLES | SCOPES | GRANT),
        THROUGH_RUN(ROLES | SCOPES | MAY_APPROVE | GRANT | ASKS_TO_READ | ASKS_TO_WRITE, Consent.values()),
        THROUGH_UNKNOWN_AGENT(ROLES | SCOPES, Consent.values()),
        AS_ITSELF(SCOPES | GRANT),
        AS_SHARED_IDENTITY(SCOPES | GRANT);

        private final int rights;
        private final List<Consent> consents;

        Kind(int rights, Consent... consents) {
            this.rights = rights;
            this.consents = consents.length == 0 ? List.of(Consent.ALLOWED) : List.of(consents);
        }
    }

    /** All rights in all combinations, of a person who has allowed whoever acts for them. */
    static void forEach(Consumer<Combination> visitor) {
        for (Kind kind : Kind.values()) {
            for (int rights = kind.rights; rights >= 0; rights--) {
                if ((rights & ~kind.rights) == 0) {
                    visitor.accept(new Combination(kind, rights, Consent.ALLOWED));
                }
            }
        }
    }

    /** All rights, none, and all but each one of them, whatever the person has said. */
    static void forEachAlmostComplete(Consumer<Combination> visitor) {
        for (Kind kind : Kind.values()) {
            for (Consent consent : kind.consents) {
                visitor.accept(new Combination(kind, kind.rights, consent));
                visitor.accept(new Combination(kind, 0, consent));
                for (int right = 1; right < 1 << BITS; right <<= 1) {
                    if ((kind.rights & right) != 0) {
                        visitor.accept(new Combination(kind, kind.rights & ~right, consent));
                    }
                }
                // One role at a time: with all of them, only the widest counts.
                for (int role = 1; role <= ROLES; role <<= 1) {
                    visitor.accept(new Combination(kind, kind.rights & (~ROLES | role), consent));
                }
            }
        }
    }

    boolean has(int right) {
        return (rights & right) != 0;
    }

    /** The same with all these rights. */
    Combination with(int more) {
        return new Combination(kind, rights | more & kind.rights, consent);
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
            case THROUGH_AGENT ->
                new Caller.UserThroughAgent(user, agent(action, Agent.Kind.PROMPT), credential, consent);
            case THROUGH_SHARED_IDENTITY ->
                new Caller.UserThroughAgent(user, agent(action, Agent.Kind.SHARED_PROJECT), credential, consent);
            case THROUGH_RUN ->
                new Caller.UserThroughRun(user, app, agent(action, Agent.Kind.HOSTED), credential, consent);
            case THROUGH_UNKNOWN_AGENT -> new Caller.UserThroughUnknownAgent(user, credential, consent);
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
