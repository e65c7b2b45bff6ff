package dev.throughline.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A note as a JSON string: its newlines are written as {@code \n}, and nothing in it needs another escape. */
final class QuotedNote {
    private QuotedNote() {}

    static String read(byte[] bytes, int from, int to) throws BrokenLogException {
        ByteArrayOutputStream note = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\' && at + 1 < to && bytes[at + 1] == 'n') {
                note.write('\n');
                at++;
            } else if (bytes[at] == '"' || bytes[at] == '\\' || bytes[at] >= 0 && bytes[at] < ' ') {
                throw new BrokenLogException(Fault.FORM, "the checkpoint is not written as a JSON string");
            } else {
                note.write(bytes[at]);
            }
        }
        return note.toString(StandardCharsets.UTF_8);
    }
}
