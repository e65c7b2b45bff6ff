package dev.throughline.conversation;

import java.util.Optional;

/** What a person wants of an agent. */
public sealed interface Ask {

    /**
     * Says something.
     *
     * @param message 1 to 8,000 characters
     * @param conversation the conversation to go on with; empty for a new one
     * @param agent the agent to talk to in a new conversation; empty for the default one; a conversation keeps the
     *     agent that it began with
     */
    record Say(String message, Optional<ConversationId> conversation, Optional<String> agent) implements Ask {
        /** The longest message, in characters. */
        public static final int MAX_LENGTH = 8_000;

        public Say {
            if (message.isBlank() || message.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("message must be 1 to %d characters.".formatted(MAX_LENGTH));
            }
        }
    }

    /** Goes on with what waited for a consent. */
    record Resume(ConversationId conversation) implements Ask {}

    /** Ends what waits for a consent. */
    record Decline(ConversationId conversation) implements Ask {}
}
