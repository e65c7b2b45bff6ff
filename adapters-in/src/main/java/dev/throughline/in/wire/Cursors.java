package dev.throughline.in.wire;

import dev.throughline.access.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cursors of one caller's list: the place where the next page starts, authenticated together with whose list it is
 * (HMAC-SHA-256, RFC 2104). All cursors of a list are of one length without a spare bit in their base64url, so that
 * each has one spelling.
 */
public final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final short FORM = 1;
    private static final int MAC_LENGTH = 32;
    private static final int WHOLE = 3;

    private final CursorKey key;
    private final Caller caller;
    private final String purpose;
    private final String list;
    private final int length;

    /**
     * @param purpose tells these cursors from all others
     * @param list tells the caller's lists of this sort from each other
     * @param place how many bytes a place has; with 34 more they must be a multiple of three
     */
    public Cursors(CursorKey key, Caller caller, String purpose, String list, int place) {
        this.key = key;
        this.caller = caller;
        this.purpose = purpose;
        this.list = list;
        this.length = Short.BYTES + place + MAC_LENGTH;
        if (length % WHOLE != 0) {
            throw new IllegalArgumentException("Places of " + place + " bytes would leave spare bits");
        }
    }

    /** The cursor for a place. */
    public String issue(byte[] place) {
        byte[] cursor = ByteBuffer.allocate(length)
                .putShort(FORM)
                .put(place)
                .put(mac(place))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * The place of a cursor.
     *
     * @throws InvalidCursorException if it is not one of this list
     */
    public ByteBuffer open(String cursor) throws InvalidCursorException {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(cursor));
        short form = bytes.getShort();
        byte[] place = new byte[length - Short.BYTES - MAC_LENGTH];
        byte[] mac = new byte[MAC_LENGTH];
        bytes.get(place).get(mac);
        if (!MessageDigest.isEqual(mac, mac(place)) || form != FORM) {
            throw new InvalidCursorException();
        }
        return ByteBuffer.wrap(place);
    }

    private byte[] decoded(String cursor) throws InvalidCursorException {
        if (cursor.length() != length / WHOLE * 4) {
            throw new InvalidCursorException();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidCursorException();
        }
        // Padding makes fewer bytes of as many characters.
        if (bytes.length != length) {
            throw new InvalidCursorException();
        }
        return bytes;
    }

    private byte[] mac(byte[] place) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update(bytes(caller.tenant().value()));
            mac.update(bytes(caller.objectId()));
            mac.update(ByteBuffer.allocate(Short.BYTES).putShort(FORM).array());
            mac.update(place);
            // Last, since it is the only part without a fixed length.
            mac.update(list.getBytes(StandardCharsets.US_ASCII));
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
