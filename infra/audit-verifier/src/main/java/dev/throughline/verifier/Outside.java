package dev.throughline.verifier;

import java.util.Arrays;

/** Holds the log, as it grows, against the checkpoints that were kept outside. */
final class Outside {
    private final OutsideCheckpoints checkpoints;
    private int next;
    private boolean awaited;

    Outside(OutsideCheckpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Called at the start and after each record: what was signed for so many records must be true of these. */
    void compare(long size, byte[] chain, MerkleTree tree) throws BrokenLogException {
        for (; next < checkpoints.count() && checkpoints.get(next).size() == size; next++) {
            Checkpoint kept = checkpoints.get(next);
            if (!Arrays.equals(kept.chain(), chain) || !Arrays.equals(kept.root(), tree.root())) {
                throw new BrokenLogException(
                        Fault.OTHER_HISTORY,
                        "the first " + Count.of(size, "record")
                                + " are not those of the checkpoint kept outside that was signed at " + kept.at()
                                + ": the log was replaced by another");
            }
            awaited = size > 0;
        }
    }

    /** The log has a checkpoint of its own here. */
    void meet() {
        awaited = false;
    }

    /** A checkpoint is stored before it is given out, so what was given out must be there. */
    void requireMet(long size) throws BrokenLogException {
        if (awaited) {
            throw new BrokenLogException(
                    Fault.CHECKPOINT_MISSING,
                    "the checkpoint after record " + Count.of(size)
                            + ", which was kept outside, was taken out of the log before this line");
        }
    }

    /** The log is over. */
    void requireAll(long size) throws BrokenLogException {
        if (next < checkpoints.count()) {
            Checkpoint longest = checkpoints.get(checkpoints.count() - 1);
            throw new BrokenLogException(
                    Fault.TRUNCATED,
                    "the log ends with record " + Count.of(size) + ", but there were " + Count.of(longest.size())
                            + " when the checkpoint kept outside was signed at " + longest.at() + ": the last "
                            + Count.of(longest.size() - size)
                            + " were cut off, unless the export was made before that moment");
        }
    }

    int count() {
        return checkpoints.count();
    }
}
