package dev.throughline.out.foundry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the service has kept of a conversation, and where. The domain carries it about as a text. A conversation goes on
 * where and as it began, whatever the settings say by then.
 *
 * @param agent the agent at whose own endpoint it is, as a path's segment; empty where it is at the project's
 * @param kind what is kept
 * @param id the last response of a chain, or the conversation; empty where there is nothing yet
 */
record Memory(Optional<String> agent, Kind kind, String id) {
    private static final String ID = "[A-Za-z0-9_][A-Za-z0-9_.=-]{0,255}";
    private static final Pattern USABLE = Pattern.compile(ID);
    private static final Pattern TEXT = Pattern.compile(
            "(agent:(?<agent>(?!\\.{1,2}:)[A-Za-z0-9._~%-]+):)?((?<kind>response|conversation):)?(?<id>" + ID + ")");

    /** How the service keeps it. */
    enum Kind {
        /** As responses, each of which knows the one before. */
        RESPONSE,
        /** As a conversation, which collects what is said. */
        CONVERSATION
    }

    /** Nothing yet; a chain of responses begins. */
    static Memory none(Optional<String> agent) {
        return new Memory(agent, Kind.RESPONSE, "");
    }

    static Memory conversation(Optional<String> agent, String id) {
        return new Memory(agent, Kind.CONVERSATION, id);
    }

    /** Whether an id of the service can be kept, and stand in an address as it is. */
    static boolean isUsable(String id) {
        return USABLE.matcher(id).matches();
    }

    /** Reads what {@link #text} wrote; empty if it is something else. */
    static Optional<Memory> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Kind kind = "conversation".equals(parts.group("kind")) ? Kind.CONVERSATION : Kind.RESPONSE;
        return Optional.of(new Memory(Optional.ofNullable(parts.group("agent")), kind, parts.group("id")));
    }

    /** A chain at the project, which is the usual, is written as the bare id of its last response. */
    String text() {
        if (agent.isEmpty() && kind == Kind.RESPONSE) {
            return id;
        }
        return agent.map(name -> "agent:" + name + ":").orElse("")
                + (kind == Kind.RESPONSE ? "response:" : "conversation:")
                + id;
    }

    boolean begun() {
        return !id.isEmpty();
    }

    /** What there is once the service has answered. */
    Memory after(String response) {
        return kind == Kind.RESPONSE ? new Memory(agent, kind, response) : this;
    }
}
