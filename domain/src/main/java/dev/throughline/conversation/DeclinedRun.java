package dev.throughline.conversation;

import dev.throughline.delegation.UserAssertion;
import java.util.UUID;

/** The polite end of a turn whose consent the person declined. Nothing is sent anywhere. */
final class DeclinedRun implements Run {
    private final Conversation conversation;

    DeclinedRun(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public void execute(UserAssertion assertion, RunListener listener) {
        listener.started(conversation.id(), UUID.randomUUID().toString());
        listener.text(
                UUID.randomUUID().toString(),
                "All right, nothing was shared with " + conversation.agent() + ". Ask again whenever you like.");
        listener.finished();
    }
}
