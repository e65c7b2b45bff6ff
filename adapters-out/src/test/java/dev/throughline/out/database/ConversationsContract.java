package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.Conversations;
import dev.throughline.out.People;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Conversations} promises. */
abstract class ConversationsContract {
    private final User vic = People.someone(People.someTenant());
    private final ConversationId id = new ConversationId(UUID.randomUUID());

    abstract Conversations conversations();

    @Test
    void a_conversation_is_found_as_it_was_kept() {
        Conversation conversation = of(vic, "resp_1", "list my orders");
        conversations().save(conversation);
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_has_only_begun_has_nothing_to_continue() {
        Conversation begun =
                new Conversation(id, vic.tenant(), vic.id(), "orders-assistant", Optional.empty(), Optional.empty());
        conversations().save(begun);
        assertEquals(Optional.of(begun), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_kept_as_it_was_last() {
        conversations().save(of(vic, "resp_1", "list my orders"));
        Conversation later = new Conversation(
                id, vic.tenant(), vic.id(), "orders-assistant", Optional.of("resp_2"), Optional.empty());
        conversations().save(later);
        assertEquals(Optional.of(later), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_nobody_began_is_not_there() {
        assertEquals(Optional.empty(), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_there_for_its_owner_alone() {
        conversations().save(of(vic, "resp_1", "list my orders"));
        assertEquals(Optional.empty(), conversations().find(People.someone(vic.tenant()), id));
        assertEquals(Optional.empty(), conversations().find(new User(People.someTenant(), vic.id(), vic.roles()), id));
    }

    @Test
    void a_conversation_never_changes_hands() {
        Conversation conversation = of(vic, "resp_1", "list my orders");
        conversations().save(conversation);
        User mallory = People.someone(vic.tenant());
        assertThrows(RuntimeException.class, () -> conversations().save(of(mallory, "resp_9", "whatever")));
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
        assertEquals(Optional.empty(), conversations().find(mallory, id));
    }

    private Conversation of(User owner, String response, String waiting) {
        return new Conversation(
                id, owner.tenant(), owner.id(), "orders-assistant", Optional.of(response), Optional.of(waiting));
    }
}
