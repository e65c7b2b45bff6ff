package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final String NAME = "throughline-audit/c0ffee00-0000-4000-8000-000000000001";
    private static final Instant AT = Instant.parse("2026-11-26T12:00:00.000001Z");

    private final LogKey key = new LogKey(NAME, new byte[32]);
    private final Checkpoint signed = signed(key);

    @Test
    void a_checkpoint_is_a_signed_note() {
        String[] lines = signed.note().split("\n", -1);

        assertEquals(8, lines.length);
        assertEquals(NAME, lines[0]);
        assertEquals("2", lines[1]);
        assertTrue(lines[3].startsWith("chain "));
        assertEquals("at 2026-11-26T12:00:00.000001Z", lines[4]);
        assertEquals("", lines[5]);
        assertTrue(lines[6].startsWith("\u2014 " + NAME + " "));
    }

    @Test
    void what_was_signed_is_read_again() {
        Checkpoint read = Checkpoint.open(key, signed.note()).orElseThrow();

        assertEquals(2, read.size());
        assertArrayEquals(signed.root(), read.root());
        assertArrayEquals(signed.chain(), read.chain());
        assertEquals("2026-11-26T12:00:00.000001Z", read.at());
    }

    @Test
    void a_note_of_which_one_byte_is_another_is_not_believed() {
        byte[] note = signed.note().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < note.length; i++) {
            byte[] changed = note.clone();
            changed[i] ^= 1;
            assertEquals(
                    Optional.empty(), Checkpoint.open(key, new String(changed, StandardCharsets.UTF_8)), "byte " + i);
        }
        assertTrue(
                Checkpoint.open(key, new String(note, StandardCharsets.UTF_8)).isPresent());
    }

    @Test
    void a_note_of_another_key_or_another_log_is_not_believed() {
        byte[] seed = new byte[32];
        seed[0] = 1;

        assertEquals(
                Optional.empty(),
                Checkpoint.open(key, signed(new LogKey(NAME, seed)).note()));
        assertEquals(
                Optional.empty(),
                Checkpoint.open(
                        key,
                        signed(new LogKey(NAME.replace("01", "02"), new byte[32]))
                                .note()));
        assertTrue(Checkpoint.open(key, signed.note()).isPresent());
    }

    @Test
    void checkpoints_lie_one_after_the_other_in_a_file(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("made").resolve("checkpoints.txt");
        CheckpointFile file = new CheckpointFile(path);

        file.append(signed);
        file.append(signed);

        assertEquals(signed.note() + signed.note(), Files.readString(path));
    }

    private static Checkpoint signed(LogKey by) {
        Frontier tree = new Frontier();
        tree.add(Hashes.leaf("a"));
        tree.add(Hashes.leaf("b"));
        return Checkpoint.sign(by, tree, Hashes.link(Hashes.start(), Hashes.leaf("a")), AT);
    }
}
