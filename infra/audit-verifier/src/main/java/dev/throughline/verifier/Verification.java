package dev.throughline.verifier;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes in an export line by line. A line that is refused changes nothing: the one that belongs there would still be
 * accepted.
 */
final class Verification {
    private static final byte[] HEAD = Cursor.literal("{\"log\":\"throughline-audit-1\",\"checkpoint\":\"");
    private static final byte[] SEQ = Cursor.literal("{\"seq\":");
    private static final byte[] CHAIN = Cursor.literal(",\"chain\":\"");
    private static final byte[] RECORD = Cursor.literal("\",\"record\":");
    private static final byte[] CHECKPOINT = Cursor.literal(",\"checkpoint\":\"");
    private static final byte[] END = Cursor.literal("\"}");

    private final VerifierKey key;
    private final Outside outside;
    private final Sha256 sha256 = new Sha256();
    private final MerkleTree tree = new MerkleTree(sha256);
    private final SeenIds ids = new SeenIds();
    private final byte[] stated = new byte[Sha256.LENGTH];
    private byte[] chain = new byte[Sha256.LENGTH];
    private long size;
    private long signedSize;
    private @Nullable Checkpoint last;

    Verification(VerifierKey key, OutsideCheckpoints outside) {
        this.key = key;
        this.outside = new Outside(outside);
    }

    void accept(Line line) throws BrokenLogException {
        if (!line.ended()) {
            throw new BrokenLogException(Fault.CUT_OFF, "the export breaks off in this line");
        }
        if (last == null) {
            Checkpoint head = head(line);
            outside.compare(size, chain, tree);
            last = head;
        } else {
            entry(line, last);
        }
    }

    /** The export is over. */
    Verdict end() throws BrokenLogException {
        if (last == null) {
            throw new BrokenLogException(Fault.FORM, "the export is empty");
        }
        if (size < last.size()) {
            throw new BrokenLogException(
                    Fault.TRUNCATED,
                    "the log ends with record " + Count.of(size) + " of " + Count.of(last.size()) + ": the last "
                            + Count.of(last.size() - size) + " were cut off");
        }
        if (signedSize < last.size()) {
            throw new BrokenLogException(
                    Fault.TRUNCATED, "the checkpoint of all records, which comes after this line, was cut off");
        }
        outside.requireMet(size);
        outside.requireAll(size);
        return new Verdict.Holds(size, last.at(), outside.count());
    }

    long size() {
        return size;
    }

    long announced() {
        return last == null ? 0 : last.size();
    }

    private Checkpoint head(Line line) throws BrokenLogException {
        Cursor cursor = new Cursor(line);
        if (!cursor.skip(HEAD)) {
            throw new BrokenLogException(Fault.FORM, "this is not the first line of an export");
        }
        return Checkpoint.open(note(line, cursor), key);
    }

    private void entry(Line line, Checkpoint announced) throws BrokenLogException {
        Cursor cursor = new Cursor(line);
        long seq = cursor.skip(SEQ) ? cursor.number() : Cursor.NO_NUMBER;
        if (seq == Cursor.NO_NUMBER) {
            throw malformed();
        }
        if (size == announced.size() && signedSize == size) {
            throw new BrokenLogException(Fault.SURPLUS, "something follows the end of the log");
        }
        if (cursor.skip(CHAIN)) {
            record(line, cursor, seq, announced);
        } else if (cursor.skip(CHECKPOINT)) {
            checkpoint(line, cursor, seq, announced);
        } else {
            throw malformed();
        }
    }

    private void record(Line line, Cursor cursor, long seq, Checkpoint announced) throws BrokenLogException {
        if (!cursor.hash(stated) || !cursor.skip(RECORD) || line.bytes()[line.to() - 1] != '}') {
            throw malformed();
        }
        requireNext(seq, announced);
        outside.requireMet(size);
        int from = cursor.position();
        int to = line.to() - 1;
        byte[] leaf = sha256.leaf(line.bytes(), from, to);
        byte[] link = sha256.link(chain, leaf);
        if (!Arrays.equals(link, stated)) {
            throw new BrokenLogException(Fault.CHANGED, "record " + Count.of(seq) + " was changed after it was sealed");
        }
        RecordBody body = RecordBody.read(line.bytes(), from, to, seq);
        if (!ids.add(body.idHigh(), body.idLow())) {
            throw new BrokenLogException(
                    Fault.REPEATED, "record " + Count.of(seq) + " has the id of another one before it");
        }
        size = seq;
        chain = link;
        tree.add(leaf);
        outside.compare(size, chain, tree);
    }

    private void requireNext(long seq, Checkpoint announced) throws BrokenLogException {
        if (seq == size + 1 && seq <= announced.size()) {
            return;
        }
        if (seq > announced.size()) {
            throw new BrokenLogException(
                    Fault.SURPLUS,
                    "record " + Count.of(seq) + " is not covered by the signature, which ends with record "
                            + Count.of(announced.size()));
        }
        if (seq <= size) {
            throw new BrokenLogException(
                    Fault.OUT_OF_PLACE,
                    "record " + Count.of(seq) + " stands where record " + Count.of(size + 1) + " belongs");
        }
        throw new BrokenLogException(
                Fault.MISSING,
                seq == size + 2
                        ? "record " + Count.of(size + 1) + " is missing"
                        : "records " + Count.of(size + 1) + " to " + Count.of(seq - 1) + " are missing");
    }

    private void checkpoint(Line line, Cursor cursor, long seq, Checkpoint announced) throws BrokenLogException {
        String note = note(line, cursor);
        if (seq != size || seq == signedSize) {
            throw new BrokenLogException(
                    Fault.OUT_OF_PLACE,
                    "a checkpoint of " + Count.of(seq, "record") + " stands after record " + Count.of(size)
                            + (seq == signedSize ? " a second time" : ""));
        }
        if (seq == announced.size() && !note.equals(announced.note())) {
            throw new BrokenLogException(Fault.OTHER_END, "the last checkpoint is not that of the first line");
        }
        Checkpoint checkpoint = seq == announced.size() ? announced : Checkpoint.open(note, key);
        if (checkpoint.size() != seq) {
            throw new BrokenLogException(
                    Fault.OUT_OF_PLACE,
                    "a checkpoint of " + Count.of(checkpoint.size(), "record") + " stands after record "
                            + Count.of(seq));
        }
        requireSame(checkpoint);
        signedSize = size;
        outside.meet();
    }

    private void requireSame(Checkpoint checkpoint) throws BrokenLogException {
        if (!Arrays.equals(checkpoint.chain(), chain) || !Arrays.equals(checkpoint.root(), tree.root())) {
            throw new BrokenLogException(
                    Fault.REWRITTEN,
                    "records " + Count.of(signedSize + 1) + " to " + Count.of(size)
                            + " are not those that were signed at " + checkpoint.at()
                            + ": some were changed and the chain was made anew");
        }
    }

    private static String note(Line line, Cursor cursor) throws BrokenLogException {
        int end = line.to() - END.length;
        if (end < cursor.position() || !new Cursor(line.bytes(), end, line.to()).skip(END)) {
            throw malformed();
        }
        return QuotedNote.read(line.bytes(), cursor.position(), end);
    }

    private static BrokenLogException malformed() {
        return new BrokenLogException(Fault.FORM, "this is neither a record nor a checkpoint as they are written");
    }
}
