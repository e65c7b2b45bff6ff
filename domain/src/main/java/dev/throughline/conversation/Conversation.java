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
 */
public record Conversation(
        ConversationId id,
        TenantId tenant,
        UserId owner,
        String agent,
        Optional<String> lastResponse,
        Optional<String> waiting) {

    static Conversation start(ConversationId id, User owner, String agent) {
        return new Conversation(id, owner.tenant(), owner.id(), agent, Optional.empty(), Optional.empty());
    }

    Conversation answered(String response) {
        return new Conversation(id, tenant, owner, agent, Optional.of(response), Optional.empty());
    }

    /** Waits for a consent; asked for again, it still continues the response that asked first. */
    Conversation waitingFor(String message, String response) {
        if (waiting.filter(message::equals).isPresent()) {
            return this;
        }
        return new Conversation(id, tenant, owner, agent, Optional.of(response), Optional.of(message));
    }

    Conversation declined() {
        return new Conversation(id, tenant, owner, agent, lastResponse, Optional.empty());
    }
}
