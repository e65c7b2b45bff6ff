package dev.throughline.out.database;

import dev.throughline.conversation.Conversations;

class JpaConversationsTest extends ConversationsContract {
    private final JpaConversations conversations =
            new JpaConversations(TestDatabase.shared().asApplication());

    @Override
    Conversations conversations() {
        return conversations;
    }
}
