package dev.throughline.out.database;

import dev.throughline.out.audit.Frontier;
import dev.throughline.out.audit.Hashes;
import java.util.Arrays;

/**
 * What the log has come to with its first records. It never changes: a transaction that is rolled back leaves the one
 * before.
 *
 * @param tree the Merkle tree over them
 * @param chain the last link of their chain
 */
record ChainState(Frontier tree, byte[] chain) {
    static final ChainState START = new ChainState(new Frontier(), Hashes.start());

    long size() {
        return tree.size();
    }

    boolean endsIn(byte[] link) {
        return Arrays.equals(chain, link);
    }

    /** With more records behind them. */
    ChainState with(Iterable<byte[]> leaves) {
        Frontier grown = tree.copy();
        byte[] link = chain;
        for (byte[] leaf : leaves) {
            grown.add(leaf);
            link = Hashes.link(link, leaf);
        }
        return new ChainState(grown, link);
    }
}
