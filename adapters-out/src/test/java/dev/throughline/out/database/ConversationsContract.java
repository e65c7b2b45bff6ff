package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void a_conversation_is_found_as_it_was_added() {
        Conversation conversation = of(vic, "resp_1", "list my orders");
        conversations().add(conversation);
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_has_only_begun_has_nothing_to_continue() {
        Conversation begun = with(Optional.empty(), Optional.empty(), 1);
        conversations().add(begun);
        assertEquals(Optional.of(begun), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_kept_as_it_was_last_in_its_next_version() {
        conversations().add(of(vic, "resp_1", "list my orders"));
        assertTrue(conversations().replace(with(Optional.of("resp_2"), Optional.empty(), 1)));
        assertTrue(conversations().replace(with(Optional.of("resp_3"), Optional.of("again"), 2)));
        assertEquals(
                Optional.of(with(Optional.of("resp_3"), Optional.of("again"), 3)),
                conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_somebody_else_has_changed_meanwhile_is_not_replaced() {
        conversations().add(of(vic, "resp_1", "list my orders"));
        Conversation declined = with(Optional.of("resp_1"), Optional.empty(), 1);
        assertTrue(conversations().replace(declined));
        assertFalse(conversations().replace(of(vic, "resp_1", "list my orders")));
        assertFalse(conversations().replace(with(Optional.of("resp_9"), Optional.empty(), 3)));
        assertEquals(Optional.of(declined.next()), conversations().find(vic, id));
    }

    @Test
    void of_many_who_replace_one_version_one_wins() throws Exception {
        conversations().add(of(vic, "resp_1", "list my orders"));
        Conversation claimed = with(Optional.of("resp_1"), Optional.empty(), 1);
        assertEquals(1, AtOnce.count(8, () -> conversations().replace(claimed)));
        assertEquals(Optional.of(claimed.next()), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_added_once() {
        Conversation conversation = of(vic, "resp_1", "list my orders");
        conversations().add(conversation);
        assertThrows(RuntimeException.class, () -> conversations().add(of(vic, "resp_9", "whatever")));
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
    }

    @Test
    void a_conversation_that_nobody_began_is_not_there() {
        assertEquals(Optional.empty(), conversations().find(vic, id));
        assertFalse(conversations().replace(of(vic, "resp_1", "list my orders")));
        assertEquals(Optional.empty(), conversations().find(vic, id));
    }

    @Test
    void a_conversation_is_there_for_its_owner_alone() {
        conversations().add(of(vic, "resp_1", "list my orders"));
        assertEquals(Optional.empty(), conversations().find(People.someone(vic.tenant()), id));
        assertEquals(Optional.empty(), conversations().find(new User(People.someTenant(), vic.id(), vic.roles()), id));
    }

    @Test
    void a_conversation_never_changes_hands() {
        Conversation conversation = of(vic, "resp_1", "list my orders");
        conversations().add(conversation);
        User mallory = People.someone(vic.tenant());
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        assertThrows(RuntimeException.class, () -> conversations().add(of(mallory, "resp_9", "whatever")));
        assertFalse(conversations().replace(of(mallory, "resp_9", "whatever")));
        assertFalse(conversations().replace(of(namesake, "resp_9", "whatever")));
        assertEquals(Optional.of(conversation), conversations().find(vic, id));
        assertEquals(Optional.empty(), conversations().find(mallory, id));
    }

    private Conversation of(User owner, String response, String waiting) {
        return new Conversation(
                id, owner.tenant(), owner.id(), "orders-assistant", Optional.of(response), Optional.of(waiting), 1);
    }

    private Conversation with(Optional<String> response, Optional<String> waiting, long version) {
        return new Conversation(id, vic.tenant(), vic.id(), "orders-assistant", response, waiting, version);
    }
}
