package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final WrittenLog log = WrittenLog.of(30, 10);
    private final String key = LogKey.OURS.published();

    @TempDir
    private Path folder;

    private String export = "";
    private String outside = "";

    @BeforeEach
    void write() throws IOException {
        export = file("export.ndjson", log.export());
        outside = file("checkpoints", log.outside());
    }

    @Test
    void a_log_that_holds_ends_with_0_and_one_sentence() {
        assertEquals(0, run(export, key));
        assertEquals("30 records hold, signed as of " + Bodies.at(30) + ".\n", out.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void checkpoints_kept_outside_are_asked_too() {
        assertEquals(0, run(export, key, outside));
        assertEquals(
                "30 records hold, signed as of " + Bodies.at(30) + ", and so say 3 checkpoints kept outside.\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "{\"key\":\"%s\"}", "{\"key\":\"%s\"}\n"})
    void the_key_may_be_in_a_file(String form) throws IOException {
        String keyFile = file("key", form.formatted(key).getBytes(StandardCharsets.UTF_8));

        assertEquals(0, run(export, keyFile), err::toString);
    }

    @Test
    void a_log_that_does_not_hold_ends_with_1_and_one_sentence() throws IOException {
        byte[] bytes = log.export();
        bytes[3_000] ^= 1;

        assertEquals(1, run(file("changed", bytes), key));
        assertTrue(out.toString(StandardCharsets.UTF_8)
                .matches("The log does not hold, line [0-9]+: record [0-9]+ was changed after it was sealed\\.\n"));
    }

    @Test
    void what_cannot_be_read_ends_with_2_and_says_what_to_do() throws IOException {
        assertCannotSay("name the file with the export", folder.resolve("none").toString(), key);
        assertCannotSay("name the file with the export", folder.toString(), key);
        assertCannotSay("name the file with the key, or give the key itself", export, "none");
        assertCannotSay("give the one that GET /api/v1/audit/key answers", export, export);
        assertCannotSay("copy it again", export, key.replaceAll("\\+[0-9a-f]{8}\\+", "+00000000+"));
        assertCannotSay("name the file with the checkpoints", export, key, "none");
        assertCannotSay("name the file they are kept in", export, key, file("empty", new byte[0]));
        assertCannotSay("line 1: what stands here in place of a checkpoint is none", export, key, export);
        assertCannotSay("Usage: ");
        assertCannotSay("Usage: ", export);
        assertCannotSay("Usage: ", export, key, outside, outside);
    }

    @Test
    void checkpoints_that_break_off_are_not_believed_anywhere() throws IOException {
        byte[] whole = log.outside();
        for (int length = 1; length < whole.length; length++) {
            String cut = file("cut", Arrays.copyOf(whole, length));
            boolean between = new String(whole, 0, length, StandardCharsets.UTF_8).endsWith("=\n")
                    && new String(whole, length, whole.length - length, StandardCharsets.UTF_8)
                            .startsWith("throughline-audit/");
            assertEquals(between ? 0 : 2, run(export, key, cut), "cut at " + length);
        }
        assertEquals(0, run(export, key, outside));
    }

    @Test
    void checkpoints_kept_outside_with_any_byte_changed_are_not_believed() throws IOException {
        byte[] bytes = Arrays.copyOf(log.outside(), log.notes().get(0).getBytes(StandardCharsets.UTF_8).length);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= 1;
            assertEquals(2, run(export, key, file("changed", bytes)), "changed at " + at);
            bytes[at] ^= 1;
        }
        assertEquals(0, run(export, key, file("changed", bytes)));
    }

    @Test
    void who_waits_is_told_how_far_it_is() throws Exception {
        long[] now = {0};
        Progress progress = new Progress(new PrintStream(err, true, StandardCharsets.UTF_8), () -> now[0]);
        Verification verification = new Verification(LogKey.OURS.verifier(), OutsideCheckpoints.none());
        for (String line : WrittenLog.of(3_000, 5_000).lines()) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            verification.accept(new Line(bytes, 0, bytes.length, true));
            now[0] += 1_000_000;
            progress.report(verification);
        }
        assertEquals("2,047 of 3,000 records so far, 68 %\n", err.toString(StandardCharsets.UTF_8));
    }

    private void assertCannotSay(String advice, String... arguments) {
        err.reset();
        assertEquals(2, run(arguments));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(advice), err::toString);
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        return AuditVerifier.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }
}
