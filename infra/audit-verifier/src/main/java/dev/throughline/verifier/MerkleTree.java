package dev.throughline.verifier;

/** The Merkle tree of RFC 6962 over the records so far, of which only the right edge is kept: 32 bytes a level. */
final class MerkleTree {
    private final Sha256 sha256;
    private final byte[][] subtrees = new byte[Long.SIZE][];
    private long size;

    MerkleTree(Sha256 sha256) {
        this.sha256 = sha256;
    }

    /** The bits of the size tell which subtrees are whole; adding a leaf carries as adding one does. */
    void add(byte[] leaf) {
        byte[] subtree = leaf;
        int level = 0;
        for (; (size >>> level & 1) == 1; level++) {
            subtree = sha256.node(subtrees[level], subtree);
        }
        subtrees[level] = subtree;
        size++;
    }

    byte[] root() {
        if (size == 0) {
            return sha256.empty();
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] root = subtrees[level];
        for (level++; level < Long.SIZE; level++) {
            if ((size >>> level & 1) == 1) {
                root = sha256.node(subtrees[level], root);
            }
        }
        return root;
    }
}
