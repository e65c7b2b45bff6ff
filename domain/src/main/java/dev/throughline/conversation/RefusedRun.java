package dev.throughline.conversation;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.delegation.UserAssertion;

/** The end of a turn with an agent that the person may not talk to. Nothing is sent anywhere, and nothing is kept. */
final class RefusedRun implements Run {
    private final Permit permit;
    private final Refusal refusal;

    RefusedRun(Permit permit, Refusal refusal) {
        this.permit = permit;
        this.refusal = refusal;
    }

    @Override
    public void execute(UserAssertion assertion, String correlationId, RunListener listener) {
        listener.hop(Hops.presentedToChat(permit));
        listener.refused(refusal);
    }
}
