package dev.throughline.in.chat;

import dev.throughline.access.Caller;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.Cursors;
import dev.throughline.in.wire.InvalidCursorException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The cursors of one person's conversations. */
final class ConversationCursors {
    /** A moment, an id, and two bytes that leave no spare bit. */
    private static final int LENGTH = 3 * Long.BYTES + 2;

    private final Cursors cursors;

    ConversationCursors(CursorKey key, Caller caller) {
        cursors = new Cursors(key, caller, "throughline conversations cursor", "", LENGTH);
    }

    String issue(Place after) {
        UUID id = after.id().value();
        return cursors.issue(ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, after.changedAt()))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    Place open(String cursor) throws InvalidCursorException {
        ByteBuffer place = cursors.open(cursor);
        return new Place(
                Instant.EPOCH.plus(place.getLong(), ChronoUnit.MICROS),
                new ConversationId(new UUID(place.getLong(), place.getLong())));
    }
}
