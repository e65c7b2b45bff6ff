package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many records a second are verified, by one thread, with a checkpoint every 2,000. What is asked here is a fifth
 * of what is promised, and of the processor's time and not the clock's, since machines differ and do other things as
 * well; docs/audit-verification.md has the command for a long log and what came of it.
 */
class SpeedTest {
    private static final int RECORDS = Integer.getInteger("records", 100_000);
    private static final int CHECKPOINT_EVERY = 2_000;
    private static final int ASKED = 20_000;

    @TempDir
    private Path folder;

    @Test
    void verification_keeps_up_with_a_long_log() throws IOException {
        Path export = folder.resolve("export.ndjson");
        write(export);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long begin = System.nanoTime();
        long beginOfWork = worked();
        int exit = AuditVerifier.run(
                new String[] {export.toString(), LogKey.OURS.published()},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double work = (worked() - beginOfWork) / 1e9;

        assertEquals(0, exit, out::toString);
        System.out.printf(
                "%,d records of %,d bytes in %.2f s: %,.0f a second; in %.2f s of the processor: %,.0f a second%n",
                RECORDS, Files.size(export) / RECORDS, seconds, RECORDS / seconds, work, RECORDS / work);
        assertTrue(RECORDS / work > ASKED, () -> "only " + RECORDS / work + " records a second");
    }

    private static long worked() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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
        try (FileChannel file = FileChannel.open(export, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(head), 0);
        }
    }
}
