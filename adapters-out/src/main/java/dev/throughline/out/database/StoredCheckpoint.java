package dev.throughline.out.database;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.Frontier;
import dev.throughline.out.audit.LogKey;
import java.time.Instant;
import java.util.Arrays;

/**
 * A checkpoint as the database has it.
 *
 * @param size how many records it signs
 * @param at when it was signed
 * @param note what was signed
 * @param frontier from which the tree can be gone on with; its root is signed
 */
record StoredCheckpoint(long size, Instant at, String note, byte[] frontier) {

    /**
     * What the log had come to, believed because our key has signed it.
     *
     * @throws BrokenChainException if this is not as it was signed
     */
    ChainState signed(LogKey key) {
        Checkpoint said = Checkpoint.open(key, note)
                .filter(signed -> signed.size() == size && signed.moment().equals(at))
                .filter(signed -> frontier.length == Long.bitCount(size) * Frontier.HASH_LENGTH)
                .orElseThrow(this::changed);
        Frontier tree = new Frontier(size, frontier);
        if (!Arrays.equals(tree.root(), said.root())) {
            throw changed();
        }
        return new ChainState(tree, said.chain());
    }

    private BrokenChainException changed() {
        return new BrokenChainException(size, ChainFault.CHECKPOINT_CHANGED);
    }
}
