package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many records a second are verified, by one thread, with a checkpoint every 2,000. Figures vary with the machine,
 * so what is asked here is a fifth of what is promised; docs/audit-verification.md has the command for a long log and
 * what came of it.
 */
class SpeedTest {
    private static final int RECORDS = Integer.getInteger("records", 100_000);
    private static final int CHECKPOINT_EVERY = Integer.getInteger("checkpoint.every", 2_000);
    private static final int ASKED = 20_000;

    @TempDir
    private Path folder;

    @Test
    void verification_keeps_up_with_a_long_log() throws IOException {
        Path export = folder.resolve("export.ndjson");
        write(export);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long begin = System.nanoTime();
        int exit = AuditVerifier.run(
                new String[] {export.toString(), LogKey.OURS.published()},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        double seconds = (System.nanoTime() - begin) / 1e9;

        assertEquals(0, exit, out::toString);
        System.out.printf(
                "%,d records of %,d bytes in %.2f s: %,.0f a second%n",
                RECORDS, Files.size(export) / RECORDS, seconds, RECORDS / seconds);
        assertTrue(RECORDS / seconds > ASKED, () -> "only " + RECORDS / seconds + " records a second");
        String kept = System.getProperty("keep", "");
        if (!kept.isEmpty()) {
            Files.move(export, Path.of(kept));
            Files.writeString(Path.of(kept + ".key"), LogKey.OURS.published());
        }
    }

    /** The last checkpoint comes first, so its place is kept free until it is known. */
    private static void write(Path export) throws IOException {
        ReferenceTree tree = new ReferenceTree();
        byte[] chain = new byte[32];
        byte[] place = (WrittenLog.head(LogKey.OURS.note(RECORDS, chain, chain, Bodies.at(RECORDS))) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        String note = "";
        try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(export), 1 << 16)) {
            bytes.write(place);
            for (int n = 1; n <= RECORDS; n++) {
                String body = Bodies.body(n);
                byte[] leaf = ReferenceTree.leaf(body.getBytes(StandardCharsets.US_ASCII));
                chain = ReferenceTree.link(chain, leaf);
                tree.add(leaf);
                bytes.write((WrittenLog.record(n, chain, body) + "\n").getBytes(StandardCharsets.US_ASCII));
                if (n % CHECKPOINT_EVERY == 0 || n == RECORDS) {
                    note = LogKey.OURS.note(n, tree.root(), chain, Bodies.at(n));
                    String line = "{\"seq\":" + n + ",\"checkpoint\":" + WrittenLog.quoted(note) + "}\n";
                    bytes.write(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        byte[] head = (WrittenLog.head(note) + "\n").getBytes(StandardCharsets.UTF_8);
        assertEquals(place.length, head.length);
        try (var file = java.nio.channels.FileChannel.open(export, java.nio.file.StandardOpenOption.WRITE)) {
            file.write(java.nio.ByteBuffer.wrap(head), 0);
        }
    }
}
