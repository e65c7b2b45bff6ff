package dev.throughline.conversation;

import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.util.Optional;

/**
 * A person's conversation with an agent, as far as we must remember it to go on.
 *
 * @param id its id
 * @param tenant the owner's tenant
 * @param owner whose it is
 * @param agent the agent's name
 * @param lastResponse the agent service's last response, which the next one continues
 * @param waiting the message whose answer waits for the person's consent
 * @param version counts its changes, from 1; a change is made to one version and fails if there is a later one
 */
public record Conversation(
        ConversationId id,
        TenantId tenant,
        UserId owner,
        String agent,
        Optional<String> lastResponse,
        Optional<String> waiting,
        long version) {

    static Conversation start(ConversationId id, User owner, String agent) {
        return new Conversation(id, owner.tenant(), owner.id(), agent, Optional.empty(), Optional.empty(), 1);
    }

    Conversation answered(String response) {
        return with(Optional.of(response), Optional.empty());
    }

    /** Waits for a consent; asked for again, it still continues the response that asked first. */
    Conversation waitingFor(String message, String response) {
        return waiting.filter(message::equals).isPresent() ? this : with(Optional.of(response), Optional.of(message));
    }

    /** Waits once more, and continues what it continued before. */
    Conversation waitingAgainFor(String message) {
        return with(lastResponse, Optional.of(message));
    }

    Conversation waitingNoMore() {
        return with(lastResponse, Optional.empty());
    }

    /** The same in its next version, which is how it is kept once this version has been replaced by it. */
    public Conversation next() {
        return new Conversation(id, tenant, owner, agent, lastResponse, waiting, version + 1);
    }

    private Conversation with(Optional<String> response, Optional<String> message) {
        return new Conversation(id, tenant, owner, agent, response, message, version);
    }
}
