package dev.throughline.access;

import dev.throughline.access.Caller.UserDirectly;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A number of requests that somebody may make in a time. Whose it is comes from a verified token alone: nothing that a
 * client chooses for itself, such as an address or a header, leads to another budget.
 *
 * @param kind what is counted
 * @param tenant the tenant of whoever asks
 * @param person the person who asks; empty for an agent as itself
 * @param client the client through which another than the person acts; empty where the person asks directly
 * @param action the one thing that is counted; empty where it does not matter what is asked
 */
public record Budget(
        Kind kind, TenantId tenant, Optional<UserId> person, Optional<ClientId> client, Optional<Action> action) {

    /** What is counted. */
    public enum Kind {
        /** All requests of a person, whatever acts for them. */
        USER,
        /** All requests of one agent for one person, or as itself. */
        AGENT,
        /** All attempts of a person to change orders, whatever acts for them. */
        WRITES,
        /** All attempts of one agent to change orders for one person; less than the person's, to leave them some. */
        AGENT_WRITES,
        /** All calls of one tool, by one agent for one person, or as itself, or by the person. */
        TOOL,
        /** All messages of a person to agents; what else tries to chat has a budget of its own. */
        CHAT;

        /** How logs and metrics call it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that counts whatever is asked. */
    public Budget(Kind kind, TenantId tenant, Optional<UserId> person, Optional<ClientId> client) {
        this(kind, tenant, person, client, Optional.empty());
    }

    /** What every request takes from, the narrowest first: an agent that asks too much costs its person nothing. */
    public static List<Budget> ofRequest(Caller caller) {
        return both(Kind.AGENT, Kind.USER, caller);
    }

    /** What an attempt to change an order takes from besides, the narrowest first. */
    public static List<Budget> ofWrite(Caller caller) {
        return both(Kind.AGENT_WRITES, Kind.WRITES, caller);
    }

    /** What a call of a tool takes from besides: a loop around one tool leaves the others usable. */
    public static Budget ofTool(Caller caller, Action action) {
        return new Budget(Kind.TOOL, caller.tenant(), person(caller), acting(caller), Optional.of(action));
    }

    /** What a message to an agent takes from besides. */
    public static Budget ofMessage(Caller caller) {
        return new Budget(Kind.CHAT, caller.tenant(), person(caller), acting(caller));
    }

    private static List<Budget> both(Kind ofAgent, Kind ofPerson, Caller caller) {
        Optional<Budget> narrow =
                acting(caller).map(client -> new Budget(ofAgent, caller.tenant(), person(caller), Optional.of(client)));
        Optional<Budget> wide = person(caller)
                .map(person -> new Budget(ofPerson, caller.tenant(), Optional.of(person), Optional.empty()));
        return Stream.of(narrow, wide).flatMap(Optional::stream).toList();
    }

    private static Optional<UserId> person(Caller caller) {
        return caller.person().map(User::id);
    }

    private static Optional<ClientId> acting(Caller caller) {
        return caller instanceof UserDirectly ? Optional.empty() : Optional.of(caller.client());
    }
}
