package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Caller;
import dev.throughline.access.User;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.People;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.Cursors;
import dev.throughline.in.wire.InvalidCursorException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A cursor is good for the conversations of the person who got it, and for no other list. */
class ConversationCursorsTest {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/";
    private static final Place PLACE = new Place(
            Instant.parse("2026-11-21T08:00:00.123456Z"),
            new ConversationId(UUID.fromString("9f6c31af-8ddb-4150-a154-b917b574923d")));
    private static final Caller VIC = People.directly(People.VIC);

    private final CursorKey key = new CursorKey(new byte[32]);
    private final ConversationCursors mine = new ConversationCursors(key, VIC);
    private final String cursor = mine.issue(PLACE);

    @Test
    void a_cursor_leads_back_to_its_place() throws InvalidCursorException {
        assertEquals(PLACE, mine.open(cursor));
    }

    @Test
    void a_cursor_does_not_look_like_a_token_and_says_nothing_in_clear() {
        assertTrue(cursor.matches("[A-Za-z0-9_-]{80}"));
        assertFalse(cursor.startsWith("eyJ"));
    }

    @Test
    void every_change_of_one_character_is_refused() {
        for (int i = 0; i < cursor.length(); i++) {
            for (char other : CHARACTERS.toCharArray()) {
                if (other != cursor.charAt(i)) {
                    refused(mine, cursor.substring(0, i) + other + cursor.substring(i + 1));
                }
            }
        }
    }

    @Test
    void a_cursor_that_is_longer_shorter_or_none_is_refused() {
        refused(mine, cursor + "A");
        refused(mine, cursor.substring(0, cursor.length() - 2) + "==");
        refused(mine, cursor.substring(1));
        refused(mine, "");
    }

    @Test
    void a_cursor_of_somebody_else_is_refused() {
        refused(new ConversationCursors(key, People.directly(People.ADA)), cursor);
        User sameIdElsewhere = new User(People.OTHER_TENANT, People.VIC.id(), People.VIC.roles());
        refused(new ConversationCursors(key, People.directly(sameIdElsewhere)), cursor);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        refused(new ConversationCursors(new CursorKey(otherKey), VIC), cursor);
    }

    @Test
    void no_list_takes_a_cursor_of_another_of_the_same_person() {
        refused(mine, new Cursors(key, VIC, "throughline orders cursor", "", 26).issue(new byte[26]));
        refused(mine, new Cursors(key, VIC, "throughline conversations cursor", "x", 26).issue(new byte[26]));
        assertThrows(
                InvalidCursorException.class, () -> Desk.lists().query(VIC, Optional.empty(), Optional.of(cursor), 20));
    }

    @Test
    void a_place_that_would_leave_bits_to_change_is_no_place() {
        assertThrows(IllegalArgumentException.class, () -> new Cursors(key, VIC, "purpose", "", 24));
    }

    private static void refused(ConversationCursors cursors, String text) {
        assertThrows(InvalidCursorException.class, () -> cursors.open(text), text);
    }
}
