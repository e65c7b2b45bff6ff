package dev.throughline.out.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of the log, each sort with a first byte of its own, so that none can stand for another (RFC 6962). */
public final class Hashes {
    /** How many bytes each has. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte LINK = 2;

    private Hashes() {}

    /** The hash of a record. */
    public static byte[] leaf(String body) {
        return of(LEAF, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The chain's next link. */
    public static byte[] link(byte[] chain, byte[] leaf) {
        return of(LINK, chain, leaf);
    }

    /** The chain's link before the first record. */
    public static byte[] start() {
        return new byte[LENGTH];
    }

    static byte[] node(byte[] left, byte[] right) {
        return of(NODE, left, right);
    }

    /** The root of a tree without leaves. */
    static byte[] nothing() {
        return sha256().digest();
    }

    private static byte[] of(byte sort, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(sort);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
