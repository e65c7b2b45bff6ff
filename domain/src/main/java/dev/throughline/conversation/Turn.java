package dev.throughline.conversation;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A turn's hold on its conversation. Everything is written against the version that the turn began with: of all writes,
 * its own and those of others, the first one counts.
 */
final class Turn {
    private final Conversations conversations;
    private final Clock clock;
    private final Conversation conversation;
    private final boolean first;
    private final AtomicReference<Optional<Waiting>> taken;

    private Turn(
            Conversations conversations,
            Clock clock,
            Conversation conversation,
            boolean first,
            Optional<Waiting> taken) {
        this.conversations = conversations;
        this.clock = clock;
        this.conversation = conversation;
        this.first = first;
        this.taken = new AtomicReference<>(taken);
    }

    /** The first turn of a conversation that is not kept yet. */
    static Turn first(Conversations conversations, Clock clock, Conversation begun) {
        return new Turn(conversations, clock, begun, true, Optional.empty());
    }

    static Turn further(Conversations conversations, Clock clock, Conversation conversation) {
        return new Turn(conversations, clock, conversation, false, Optional.empty());
    }

    /** Takes up what waited; {@code claimed} waits no more, so that nobody else takes it up. */
    static Turn resumed(Conversations conversations, Clock clock, Conversation claimed, Waiting taken) {
        return new Turn(conversations, clock, claimed, false, Optional.of(taken));
    }

    Conversation conversation() {
        return conversation;
    }

    /** Before anybody is told the conversation's id, it must be known by it. */
    void begin() {
        if (first) {
            conversations.add(conversation);
        }
    }

    /** Where somebody else changed the conversation meanwhile, their change stands. */
    void answered(String response) {
        conversations.replace(conversation.answered(response, clock.instant()));
    }

    /** Whether the conversation waits now; not so where it was changed meanwhile, by a decline, say. */
    boolean waits(Waiting what) {
        return conversations.replace(conversation.waitingFor(what, clock.instant()));
    }

    /** Whether the person has been asked something in this turn before. */
    boolean takenUp() {
        return taken.get().isPresent();
    }

    /** How far a turn that was taken up has come: from there it goes on, and what has been done is not done again. */
    void cameTo(Waiting what) {
        taken.updateAndGet(before -> before.map(earlier -> what));
    }

    /** Ends without an answer: what was taken up waits again. */
    void unanswered() {
        taken.get().ifPresent(this::waits);
    }
}
