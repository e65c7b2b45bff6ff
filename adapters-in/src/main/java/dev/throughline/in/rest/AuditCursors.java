package dev.throughline.in.rest;

import dev.throughline.access.Caller;
import dev.throughline.access.UserId;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.Cursors;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.trail.AuditQuery;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cursors of one caller's list of some records. */
final class AuditCursors {
    /** An id, and one byte more so that no bit is spare. */
    private static final int PLACE = 1 + 2 * Long.BYTES;

    private final Cursors cursors;

    AuditCursors(CursorKey key, Caller caller, AuditQuery query) {
        this.cursors = new Cursors(key, caller, "throughline audit cursor", list(query), PLACE);
    }

    String issue(UUID after) {
        return cursors.issue(ByteBuffer.allocate(PLACE)
                .put((byte) 0)
                .putLong(after.getMostSignificantBits())
                .putLong(after.getLeastSignificantBits())
                .array());
    }

    UUID open(String cursor) throws InvalidCursorException {
        ByteBuffer place = cursors.open(cursor);
        place.get();
        return new UUID(place.getLong(), place.getLong());
    }

    /** In ASCII, and no two of them alike. */
    private static String list(AuditQuery query) {
        return Stream.of(
                        query.user().map(UserId::toString),
                        query.agent(),
                        query.order(),
                        query.run().map(UUID::toString),
                        query.conversation().map(UUID::toString))
                .map((Optional<String> filter) -> filter.map(
                                text -> "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .orElse(""))
                .collect(Collectors.joining("&"));
    }
}
