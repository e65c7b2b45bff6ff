package dev.throughline.out.limits;

import dev.throughline.access.Budget;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;

/**
 * How much each kind of budget is.
 *
 * @param user for all requests of a person
 * @param agent for the requests of one agent for one person, or as itself
 * @param writes for a person's attempts to change orders; one agent alone may use half of it
 * @param tool for the calls of one tool by one agent for one person, or as itself, or by the person
 * @param chat for a person's messages to agents
 */
public record Limits(Limit user, Limit agent, Limit writes, Limit tool, Limit chat) {

    Limit of(Budget.Kind kind) {
        return switch (kind) {
            case USER -> user;
            case AGENT -> agent;
            case WRITES -> writes;
            case AGENT_WRITES -> writes.half();
            case TOOL -> tool;
            case CHAT -> chat;
        };
    }

    /** How long it takes until the slowest of the budgets is full. */
    Duration refill() {
        return Collections.max(
                Stream.of(Budget.Kind.values()).map(kind -> of(kind).refill()).toList());
    }
}
