package dev.throughline.conversation;

import dev.throughline.delegation.UserAssertion;
import java.util.UUID;

/** The polite end of a turn that the person ended instead of answering. Nothing is sent anywhere. */
final class DeclinedRun implements Run {
    private final Conversation conversation;

    DeclinedRun(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public void execute(UserAssertion assertion, String correlationId, RunListener listener) {
        listener.started(conversation.id(), UUID.randomUUID().toString());
        listener.text(
                UUID.randomUUID().toString(),
                "All right, nothing was done and nothing was shared with " + conversation.agent()
                        + ". Ask again whenever you like.");
        listener.finished();
    }
}
