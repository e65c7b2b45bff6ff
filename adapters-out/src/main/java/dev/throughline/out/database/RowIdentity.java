package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Caller.AgentAsItself;
import dev.throughline.access.Caller.UserThroughUnknownAgent;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is asking, as the database is told at the start of a transaction: what the policies of its tables look at. It is
 * made from the caller alone and not from what was decided, so that a mistake there finds no rows.
 *
 * @param tenant whose rows there are at most; none for the system
 * @param user the person; none for an agent as itself, and for the system
 * @param role the strongest of the caller's roles, or {@code none}, or {@code system}
 * @param agent the agent that acts
 * @param may what it may do with orders at most
 * @param transaction this transaction's own number
 * @param at when this was said: it does not count for long
 */
record RowIdentity(
        Optional<TenantId> tenant,
        Optional<UserId> user,
        String role,
        Optional<String> agent,
        Set<Verb> may,
        UUID transaction,
        Instant at) {
    private static final String FORM = "1";
    private static final String NONE = "none";
    private static final String SYSTEM = "system";

    /** What can be done with a row. */
    enum Verb {
        READ,
        INSERT,
        UPDATE,
        DELETE;

        private static Set<Verb> of(Action action) {
            return switch (action) {
                case LIST_ORDERS, READ_ORDER -> Set.of(READ);
                case CREATE_ORDER -> Set.of(INSERT);
                // What is changed is read before, and shown to whoever has to approve it.
                case UPDATE_ORDER -> Set.of(READ, UPDATE);
                case DELETE_ORDER -> Set.of(READ, DELETE);
                case CHAT, APPROVE, CONSENT, CONVERSATIONS, READ_AUDIT, WHO_AM_I, CHECK_HEALTH -> Set.of();
            };
        }
    }

    RowIdentity {
        may = Set.copyOf(may);
    }

    private RowIdentity(
            Optional<TenantId> tenant, Optional<UserId> user, String role, Optional<String> agent, Set<Verb> may) {
        this(tenant, user, role, agent, may, UUID.randomUUID(), Instant.now());
    }

    /** A caller who asks for orders, with what the agent's grant leaves. */
    static RowIdentity of(Caller caller) {
        return new RowIdentity(
                Optional.of(caller.tenant()),
                caller.person().map(User::id),
                role(caller),
                caller.actingAgent().map(Agent::name),
                may(caller));
    }

    /** A person about their own affairs, in which there are no orders. */
    static RowIdentity of(TenantId tenant, UserId user) {
        return new RowIdentity(
                Optional.of(tenant), Optional.of(user), NONE, Optional.empty(), EnumSet.noneOf(Verb.class));
    }

    /** A person about their own affairs, in which there are no orders. */
    static RowIdentity of(User user) {
        return of(user.tenant(), user.id());
    }

    /** Nobody: what the server does by itself. It sees what the policies leave to it, which is little. */
    static RowIdentity system() {
        return new RowIdentity(
                Optional.empty(), Optional.empty(), SYSTEM, Optional.empty(), EnumSet.noneOf(Verb.class));
    }

    /** The text that the database is given. */
    String claims() {
        return String.join(
                "|",
                FORM,
                tenant.map(TenantId::toString).orElse(""),
                user.map(UserId::toString).orElse(""),
                role,
                may.stream()
                        .sorted()
                        .map(verb -> verb.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(",")),
                agent.map(name -> HexFormat.of().formatHex(Storable.text(name).getBytes(StandardCharsets.UTF_8)))
                        .orElse(""),
                transaction.toString(),
                String.valueOf(at.getEpochSecond()));
    }

    /**
     * Who has no roles of ours reads as somebody who has: an agent as itself the tenant's rows, the unknown own ones.
     */
    private static String role(Caller caller) {
        if (caller instanceof AgentAsItself) {
            return Role.ANALYST.claim();
        }
        if (caller instanceof UserThroughUnknownAgent) {
            return Role.VIEWER.claim();
        }
        return caller.person().stream()
                .flatMap(user -> user.roles().stream())
                .max(Comparator.naturalOrder())
                .map(Role::claim)
                .orElse(NONE);
    }

    private static Set<Verb> may(Caller caller) {
        if (caller instanceof UserThroughUnknownAgent) {
            return EnumSet.of(Verb.READ);
        }
        return caller.actingAgent().map(agent -> may(caller, agent)).orElseGet(() -> EnumSet.allOf(Verb.class));
    }

    private static Set<Verb> may(Caller caller, Agent agent) {
        Set<String> tools = caller instanceof AgentAsItself
                ? agent.grant().toolsAsItself()
                : agent.grant().tools();
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (Action action : Action.values()) {
            if (tools.contains(action.tool()) && !(caller instanceof AgentAsItself && action.writes())) {
                verbs.addAll(Verb.of(action));
            }
        }
        return verbs;
    }
}
