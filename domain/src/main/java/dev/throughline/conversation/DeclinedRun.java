package dev.throughline.conversation;

import dev.throughline.delegation.UserAssertion;
import java.util.Optional;
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
        listener.text(UUID.randomUUID().toString(), "All right, " + outcome() + ". Ask again whenever you like.");
        listener.finished();
    }

    /** No more than can be known: a turn may have read and shared something before it came to wait for an approval. */
    private String outcome() {
        Optional<Waiting> waiting = conversation.waiting();
        if (waiting.isEmpty()) {
            return "nothing waits for you here";
        }
        return waiting.get().approvals().isEmpty()
                ? "nothing was done and nothing was shared with " + conversation.agent()
                : "what waited for you was not done";
    }
}
