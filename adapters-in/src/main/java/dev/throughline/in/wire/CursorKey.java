package dev.throughline.in.wire;

/**
 * The secret that cursors are authenticated with; all instances share it.
 *
 * @param bytes at least 32 random bytes, for no other use
 */
public record CursorKey(byte[] bytes) {
    private static final int MIN_LENGTH = 32;

    public CursorKey {
        if (bytes.length < MIN_LENGTH) {
            throw new IllegalArgumentException("A cursor key needs at least 32 bytes");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "CursorKey[hidden]";
    }
}
