package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    /** Base64 has bits to spare at its end, which a decoder ignores. */
    @Test
    void a_note_in_another_spelling_is_not_believed() {
        String hash = signed.note().split("\n")[2];
        char last = hash.charAt(42);
        String other = hash.substring(0, 42) + (char) (last + 1) + "=";

        assertEquals(Optional.empty(), Checkpoint.open(key, signed.note().replace(hash, other)));
        assertEquals(Optional.empty(), Checkpoint.open(key, signed.note().replace("T12", "T25")));
        assertTrue(Checkpoint.open(key, signed.note()).isPresent());
    }

    @Test
    void a_note_as_json_is_one_line() {
        assertEquals('"' + signed.note().replace("\n", "\\n") + '"', signed.quoted());
    }

    private static Checkpoint signed(LogKey by) {
        Frontier tree = new Frontier();
        tree.add(Hashes.leaf("a"));
        tree.add(Hashes.leaf("b"));
        return Checkpoint.sign(by, tree, Hashes.link(Hashes.start(), Hashes.leaf("a")), AT);
    }
}
