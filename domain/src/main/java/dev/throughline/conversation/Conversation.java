package dev.throughline.conversation;

import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's conversation with an agent.
 *
 * @param id its id
 * @param tenant the owner's tenant
 * @param owner whose it is
 * @param agent the agent's name
 * @param title the beginning of its first message
 * @param lastResponse the agent service's last finished response, which the next message continues
 * @param waiting what its last turn waits for
 * @param createdAt when it began
 * @param changedAt when it was last written to
 * @param version counts its changes, from 1; a change is made to one version and fails if there is a later one
 */
public record Conversation(
        ConversationId id,
        TenantId tenant,
        UserId owner,
        String agent,
        String title,
        Optional<String> lastResponse,
        Optional<Waiting> waiting,
        Instant createdAt,
        Instant changedAt,
        long version) {
    private static final int LONGEST_TITLE = 80;

    static Conversation start(ConversationId id, User owner, String agent, String message, Instant now) {
        return new Conversation(
                id, owner.tenant(), owner.id(), agent, title(message), Optional.empty(), Optional.empty(), now, now, 1);
    }

    Conversation answered(String response, Instant now) {
        return with(Optional.of(response), Optional.empty(), now);
    }

    Conversation waitingFor(Waiting what, Instant now) {
        return with(lastResponse, Optional.of(what), now);
    }

    Conversation waitingNoMore(Instant now) {
        return with(lastResponse, Optional.empty(), now);
    }

    /** The same in its next version, which is how it is kept once this version has been replaced by it. */
    public Conversation next() {
        return new Conversation(
                id, tenant, owner, agent, title, lastResponse, waiting, createdAt, changedAt, version + 1);
    }

    private Conversation with(Optional<String> response, Optional<Waiting> what, Instant now) {
        return new Conversation(id, tenant, owner, agent, title, response, what, createdAt, now, version);
    }

    private static String title(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
    }
}
