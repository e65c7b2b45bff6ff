package dev.throughline.out.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Merkle tree (RFC 6962 section 2.1) that grows at its right edge, as far as it is needed for that: the roots of the
 * whole subtrees that it is made of, the largest first. There are as many as the size has ones in binary.
 */
public final class Frontier {
    /** How many bytes of state there are for each one in the size. */
    public static final int HASH_LENGTH = Hashes.LENGTH;

    private final List<byte[]> roots = new ArrayList<>();
    private long size;

    /** The tree without leaves. */
    public Frontier() {
        this(0, new byte[0]);
    }

    /**
     * The tree of which this is the state.
     *
     * @throws IllegalArgumentException if no tree of this size has such a state
     */
    public Frontier(long size, byte[] state) {
        if (size < 0 || state.length != Long.bitCount(size) * Hashes.LENGTH) {
            throw new IllegalArgumentException("No tree of this size has such a state");
        }
        for (int from = 0; from < state.length; from += Hashes.LENGTH) {
            roots.add(Arrays.copyOfRange(state, from, from + Hashes.LENGTH));
        }
        this.size = size;
    }

    /** Adds a leaf; where two subtrees are of the same size, they become one. */
    public void add(byte[] leaf) {
        byte[] right = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
            right = Hashes.node(roots.remove(roots.size() - 1), right);
        }
        roots.add(right);
        size++;
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The root of the whole tree. */
    public byte[] root() {
        if (roots.isEmpty()) {
            return Hashes.nothing();
        }
        byte[] root = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = Hashes.node(roots.get(i), root);
        }
        return root.clone();
    }

    /** From which the tree can be gone on with. */
    public byte[] state() {
        byte[] state = new byte[roots.size() * Hashes.LENGTH];
        for (int i = 0; i < roots.size(); i++) {
            System.arraycopy(roots.get(i), 0, state, i * Hashes.LENGTH, Hashes.LENGTH);
        }
        return state;
    }

    /** The same tree, to be gone on with by itself. */
    public Frontier copy() {
        return new Frontier(size, state());
    }
}
