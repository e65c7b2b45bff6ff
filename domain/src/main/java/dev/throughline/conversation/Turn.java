package dev.throughline.conversation;

/**
 * A turn's hold on its conversation. Everything is written against the version that the turn began with: of all writes,
 * its own and those of others, the first one counts.
 */
final class Turn {
    private enum Kind {
        FIRST,
        FURTHER,
        RESUMED
    }

    private final Conversations conversations;
    private final Kind kind;
    private final Conversation conversation;
    private final String message;

    private Turn(Conversations conversations, Kind kind, Conversation conversation, String message) {
        this.conversations = conversations;
        this.kind = kind;
        this.conversation = conversation;
        this.message = message;
    }

    /** The first turn of a conversation that is not kept yet. */
    static Turn first(Conversations conversations, Conversation begun, String message) {
        return new Turn(conversations, Kind.FIRST, begun, message);
    }

    static Turn further(Conversations conversations, Conversation conversation, String message) {
        return new Turn(conversations, Kind.FURTHER, conversation, message);
    }

    /** Takes up what waited; {@code claimed} waits no more, so that nobody else takes it up. */
    static Turn resumed(Conversations conversations, Conversation claimed, String message) {
        return new Turn(conversations, Kind.RESUMED, claimed, message);
    }

    Conversation conversation() {
        return conversation;
    }

    String message() {
        return message;
    }

    /** Before anybody is told the conversation's id, it must be known by it. */
    void begin() {
        if (kind == Kind.FIRST) {
            conversations.add(conversation);
        }
    }

    /** Where somebody else changed the conversation meanwhile, their change stands. */
    void answered(String response) {
        conversations.replace(conversation.answered(response));
    }

    /** Whether the conversation waits now; not so where it was changed meanwhile, by a decline, say. */
    boolean waits(String response) {
        return kind == Kind.RESUMED ? waitsAgain() : conversations.replace(conversation.waitingFor(message, response));
    }

    /** Ends without an answer: what was taken up waits again. */
    void unanswered() {
        if (kind == Kind.RESUMED) {
            waitsAgain();
        }
    }

    private boolean waitsAgain() {
        return conversations.replace(conversation.waitingAgainFor(message));
    }
}
