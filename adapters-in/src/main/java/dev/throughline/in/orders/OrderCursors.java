package dev.throughline.in.orders;

import dev.throughline.access.Caller;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cursors of one caller's list in one status: the place where the next page starts, authenticated together with
 * whose list it is (HMAC-SHA-256, RFC 2104). A cursor is 42 bytes, of which base64url makes 56 characters and no spare
 * bit, so that each cursor has one spelling.
 */
final class OrderCursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "throughline orders cursor".getBytes(StandardCharsets.US_ASCII);
    private static final short FORM = 1;
    private static final int MAC_LENGTH = 32;
    private static final int LENGTH = Short.BYTES + Long.BYTES + MAC_LENGTH;
    private static final int ENCODED_LENGTH = LENGTH / 3 * 4;

    private final CursorKey key;
    private final Caller caller;
    private final Optional<OrderStatus> status;

    OrderCursors(CursorKey key, Caller caller, Optional<OrderStatus> status) {
        this.key = key;
        this.caller = caller;
        this.status = status;
    }

    String issue(OrderId after) {
        byte[] cursor = ByteBuffer.allocate(LENGTH)
                .putShort(FORM)
                .putLong(after.number())
                .put(mac(after.number()))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    OrderId open(String cursor) throws InvalidCursorException {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(cursor));
        short form = bytes.getShort();
        long number = bytes.getLong();
        byte[] mac = new byte[MAC_LENGTH];
        bytes.get(mac);
        if (!MessageDigest.isEqual(mac, mac(number)) || form != FORM) {
            throw new InvalidCursorException();
        }
        return OrderId.of(number);
    }

    private static byte[] decoded(String cursor) throws InvalidCursorException {
        if (cursor.length() != ENCODED_LENGTH) {
            throw new InvalidCursorException();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length == LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, like every other cursor that is not ours.
        }
        throw new InvalidCursorException();
    }

    private byte[] mac(long number) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            mac.update(PURPOSE);
            mac.update(bytes(caller.tenant().value()));
            mac.update(bytes(caller.objectId()));
            mac.update(ByteBuffer.allocate(Short.BYTES + Long.BYTES)
                    .putShort(FORM)
                    .putLong(number)
                    .array());
            // Last, since it is the only part without a fixed length.
            mac.update(status.map(OrderStatus::wire).orElse("").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
