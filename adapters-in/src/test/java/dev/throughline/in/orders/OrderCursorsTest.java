package dev.throughline.in.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Caller;
import dev.throughline.access.User;
import dev.throughline.in.fakes.People;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cursor is good for the list that it came from and for no other. */
class OrderCursorsTest {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/";
    private static final OrderId PLACE = OrderId.of(1234);

    private static final Caller VIC = People.directly(People.VIC);

    private final CursorKey key = new CursorKey(new byte[32]);
    private final OrderCursors mine = new OrderCursors(key, VIC, Optional.empty());
    private final String cursor = mine.issue(PLACE);

    @Test
    void a_cursor_leads_back_to_its_place() throws InvalidCursorException {
        assertEquals(PLACE, mine.open(cursor));
    }

    @Test
    void a_cursor_does_not_look_like_a_token() {
        assertTrue(cursor.matches("[A-Za-z0-9_-]{56}"));
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
        refused(mine, cursor + "=");
        refused(mine, cursor.substring(1));
        refused(mine, "");
        refused(mine, "ORD-001");
    }

    @Test
    void a_cursor_of_somebody_else_is_refused() {
        refused(new OrderCursors(key, People.directly(People.ADA), Optional.empty()), cursor);
        User sameIdElsewhere = new User(People.OTHER_TENANT, People.VIC.id(), People.VIC.roles());
        refused(new OrderCursors(key, People.directly(sameIdElsewhere), Optional.empty()), cursor);
        refused(new OrderCursors(key, People.nightAgent(), Optional.empty()), cursor);
    }

    @Test
    void a_cursor_of_another_status_is_refused() {
        refused(new OrderCursors(key, VIC, Optional.of(OrderStatus.PENDING)), cursor);
        String pending = new OrderCursors(key, VIC, Optional.of(OrderStatus.PENDING)).issue(PLACE);
        refused(mine, pending);
        refused(new OrderCursors(key, VIC, Optional.of(OrderStatus.SHIPPED)), pending);
    }

    @Test
    void a_cursor_of_another_installation_is_refused() {
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        refused(new OrderCursors(new CursorKey(otherKey), VIC, Optional.empty()), cursor);
    }

    @Test
    void a_short_key_is_no_key() {
        assertThrows(IllegalArgumentException.class, () -> new CursorKey(new byte[31]));
    }

    private static void refused(OrderCursors cursors, String text) {
        assertThrows(InvalidCursorException.class, () -> cursors.open(text), text);
    }
}
