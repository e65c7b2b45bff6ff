package dev.throughline.trail;

import dev.throughline.access.UserId;
import java.util.Optional;
import java.util.UUID;

/**
 * Which records to look at: those of which all of this is true. An order's are also those by which its calls were
 * joined to a turn, and a turn's those of the calls that were joined to it, so that one leads to the other.
 *
 * @param user the person
 * @param agent the agent's name
 * @param order the order's id
 * @param run the run
 * @param conversation the conversation
 */
public record AuditQuery(
        Optional<UserId> user,
        Optional<String> agent,
        Optional<String> order,
        Optional<UUID> run,
        Optional<UUID> conversation) {
    /** How many records a page has at most. */
    public static final int MAX_LIMIT = 200;

    /** How many records a page has where nothing is said. */
    public static final int DEFAULT_LIMIT = 20;
}
