package dev.throughline.out.database;

import dev.throughline.conversation.Conversations;

class InMemoryConversationsTest extends ConversationsContract {
    private final InMemoryConversations conversations = new InMemoryConversations();

    @Override
    Conversations conversations() {
        return conversations;
    }
}
