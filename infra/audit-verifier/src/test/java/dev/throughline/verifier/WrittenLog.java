package dev.throughline.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A log as an export tells it, written from the description of the format and without the code under test.
 *
 * @param lines without their newlines
 * @param notes the checkpoints in it, in their order
 */
record WrittenLog(List<String> lines, List<String> notes) {

    /** With a checkpoint wherever it is wanted, and at the end. */
    static WrittenLog of(LogKey key, List<String> bodies, IntPredicate checkpoints) {
        ReferenceTree tree = new ReferenceTree();
        byte[] chain = new byte[32];
        List<String> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String body : bodies) {
            byte[] leaf = ReferenceTree.leaf(body.getBytes(StandardCharsets.UTF_8));
            chain = ReferenceTree.link(chain, leaf);
            tree.add(leaf);
            int seq = tree.size();
            lines.add(record(seq, chain, body));
            if (seq == bodies.size() || checkpoints.test(seq)) {
                notes.add(key.note(seq, tree.root(), chain, Bodies.at(seq)));
                lines.add("{\"seq\":" + seq + ",\"checkpoint\":" + quoted(notes.get(notes.size() - 1)) + "}");
            }
        }
        if (bodies.isEmpty()) {
            notes.add(key.note(0, tree.root(), chain, Bodies.at(0)));
        }
        lines.add(0, head(notes.get(notes.size() - 1)));
        return new WrittenLog(lines, notes);
    }

    static WrittenLog of(int records, int checkpointEvery) {
        return of(LogKey.OURS, Bodies.of(records), seq -> seq % checkpointEvery == 0);
    }

    static String record(int seq, byte[] chain, String body) {
        return "{\"seq\":" + seq + ",\"chain\":\"" + HexFormat.of().formatHex(chain) + "\",\"record\":" + body + "}";
    }

    static String head(String note) {
        return "{\"log\":\"throughline-audit-1\",\"checkpoint\":" + quoted(note) + "}";
    }

    static String quoted(String note) {
        return "\"" + note.replace("\n", "\\n") + "\"";
    }

    byte[] export() {
        return export(lines);
    }

    static byte[] export(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    /** What was kept outside. */
    byte[] outside() {
        return String.join("", notes).getBytes(StandardCharsets.UTF_8);
    }
}
