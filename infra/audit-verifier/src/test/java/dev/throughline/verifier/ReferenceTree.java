package dev.throughline.verifier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree as RFC 6962, 2.1 defines it, from the root down; whole subtrees are kept, so that it ends in time.
 */
final class ReferenceTree {
    private final List<List<byte[]>> levels = new ArrayList<>();

    void add(byte[] leaf) {
        byte[] whole = leaf;
        for (int level = 0; ; level++) {
            if (levels.size() == level) {
                levels.add(new ArrayList<>());
            }
            List<byte[]> row = levels.get(level);
            row.add(whole);
            if (row.size() % 2 == 1) {
                return;
            }
            whole = node(row.get(row.size() - 2), row.get(row.size() - 1));
        }
    }

    int size() {
        return levels.isEmpty() ? 0 : levels.get(0).size();
    }

    byte[] root() {
        return size() == 0 ? sha256(new byte[0]) : range(0, size());
    }

    private byte[] range(int from, int to) {
        int length = to - from;
        int level = Integer.numberOfTrailingZeros(length);
        if (Integer.bitCount(length) == 1) {
            return levels.get(level).get(from >> level);
        }
        int split = Integer.highestOneBit(length - 1);
        return node(range(from, from + split), range(from + split, to));
    }

    static byte[] leaf(byte[] body) {
        return sha256(new byte[] {0}, body);
    }

    static byte[] link(byte[] before, byte[] leaf) {
        return sha256(new byte[] {2}, before, leaf);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
