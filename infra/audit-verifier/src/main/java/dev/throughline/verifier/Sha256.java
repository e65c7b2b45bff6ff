package dev.throughline.verifier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The three hashes of the log, told apart by their first byte. */
final class Sha256 {
    static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte LINK = 2;

    private final MessageDigest digest = digest();

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    byte[] leaf(byte[] bytes, int from, int to) {
        digest.update(LEAF);
        digest.update(bytes, from, to - from);
        return digest.digest();
    }

    byte[] node(byte[] left, byte[] right) {
        return pair(NODE, left, right);
    }

    byte[] link(byte[] before, byte[] leaf) {
        return pair(LINK, before, leaf);
    }

    byte[] empty() {
        return digest.digest();
    }

    private byte[] pair(byte kind, byte[] left, byte[] right) {
        digest.update(kind);
        digest.update(left);
        return digest.digest(right);
    }
}
