package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private final WrittenLog log = WrittenLog.of(30, 10);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 10, 11, 30, 31, 64, 65, 1_000})
    void a_log_as_it_was_signed_holds(int records) {
        Verdicts.holds(records, Verdicts.of(WrittenLog.of(records, 10).export()));
        Verdicts.holds(records, Verdicts.of(WrittenLog.of(records, 2_000).export()));
        Verdicts.holds(records, Verdicts.of(WrittenLog.of(records, 1).export()));
    }

    @Test
    void a_log_that_was_signed_before_anything_happened_holds() {
        WrittenLog empty = WrittenLog.of(0, 1);
        Verdicts.holds(0, Verdicts.of(empty.export()));
        Verdicts.broken(Fault.SURPLUS, List.of(empty.lines().get(0), log.lines().get(1)));
    }

    @Test
    void an_empty_file_is_no_export() {
        Verdicts.broken(Fault.FORM, Verdicts.of(new byte[0]));
    }

    @Test
    void a_changed_record_is_named() {
        List<String> lines = new ArrayList<>(log.lines());
        lines.set(5, lines.get(5).replace("\"outcome\":\"done\"", "\"outcome\":\"none\""));

        Verdict.Broken broken = Verdicts.broken(Fault.CHANGED, lines);

        assertEquals(6, broken.line());
        assertEquals("The log does not hold, line 6: record 5 was changed after it was sealed.", broken.sentence());
    }

    @Test
    void missing_records_are_named() {
        List<String> lines = new ArrayList<>(log.lines());
        lines.subList(5, 8).clear();

        assertEquals(
                "The log does not hold, line 6: records 5 to 7 are missing.",
                Verdicts.broken(Fault.MISSING, lines).sentence());
    }

    @Test
    void a_log_that_was_cut_off_tells_how_much_is_missing() {
        List<String> lines = log.lines().subList(0, 20);

        assertEquals(
                "The log does not hold, line 20: the log ends with record 18 of 30: the last 12 were cut off.",
                Verdicts.broken(Fault.TRUNCATED, lines).sentence());
    }

    @Test
    void a_chain_that_was_made_anew_is_not_the_signed_one() {
        List<String> bodies = new ArrayList<>(Bodies.of(30));
        bodies.set(14, Bodies.body(99));
        List<String> rewritten = new ArrayList<>(
                WrittenLog.of(LogKey.ANOTHER, bodies, seq -> seq % 10 == 0).lines());
        for (int line : new int[] {0, 11, 22, 33}) {
            rewritten.set(line, log.lines().get(line));
        }

        Verdict.Broken broken = Verdicts.broken(Fault.REWRITTEN, rewritten);

        assertEquals(23, broken.line());
        assertEquals(
                "The log does not hold, line 23: records 11 to 20 are not those that were signed at " + Bodies.at(20)
                        + ": some were changed and the chain was made anew.",
                broken.sentence());
    }

    @Test
    void a_log_that_somebody_else_signed_does_not_hold() {
        WrittenLog other = WrittenLog.of(LogKey.ANOTHER, Bodies.of(30), seq -> seq % 10 == 0);

        Verdicts.broken(Fault.OTHER_KEY, Verdicts.of(other.export()));
        Verdicts.holds(30, Verdicts.of(other.export(), LogKey.ANOTHER.verifier(), OutsideCheckpoints.none()));
    }

    @Test
    void the_log_of_another_tenant_does_not_hold() {
        LogKey other = new LogKey(
                LogKey.NAME.replace("0001", "0002"),
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        WrittenLog theirs = WrittenLog.of(other, Bodies.of(30), seq -> false);

        Verdicts.broken(Fault.OTHER_KEY, Verdicts.of(theirs.export()));
        Verdicts.holds(30, Verdicts.of(theirs.export(), other.verifier(), OutsideCheckpoints.none()));
    }

    @Test
    void a_root_that_is_not_that_of_the_records_does_not_hold_even_if_signed() {
        List<String> lines = new ArrayList<>(WrittenLog.of(3, 100).lines());
        String[] parts = log.notes().get(0).split("\n");
        String[] last = WrittenLog.of(3, 100).notes().get(0).split("\n");
        String note = LogKey.OURS.signed(String.join("\n", last[0], last[1], parts[2], last[3], last[4]) + "\n");
        lines.set(0, WrittenLog.head(note));
        lines.set(4, "{\"seq\":3,\"checkpoint\":" + WrittenLog.quoted(note) + "}");

        Verdicts.broken(Fault.REWRITTEN, lines);
    }

    @Test
    void a_checkpoint_for_other_sizes_than_its_place_does_not_hold() {
        List<String> lines = new ArrayList<>(log.lines());
        lines.set(
                11,
                "{\"seq\":10,\"checkpoint\":" + WrittenLog.quoted(log.notes().get(1)) + "}");

        Verdicts.broken(Fault.OUT_OF_PLACE, lines);
    }

    /** Six bits a letter: the last one of 32 or 68 bytes has two that say nothing. */
    @Test
    void hashes_and_signatures_have_one_spelling() {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        String note = log.notes().get(2);
        for (int end = note.indexOf('='); end >= 0; end = note.indexOf('=', end + 1)) {
            int last = letters.indexOf(note.charAt(end - 1));
            for (int spare = 1; spare < 4; spare++) {
                String other = note.substring(0, end - 1) + letters.charAt(last ^ spare) + note.substring(end);
                assertArrayEquals(decoded(note, end), decoded(other, end));
                List<String> lines = new ArrayList<>(log.lines());
                lines.set(0, WrittenLog.head(other));

                assertEquals(1, Verdicts.broken(Fault.FORM, lines).line());
            }
        }
    }

    private static byte[] decoded(String note, int end) {
        return Base64.getDecoder()
                .decode(note.substring(1 + Math.max(note.lastIndexOf(' ', end), note.lastIndexOf('\n', end)), end + 1));
    }

    @Test
    void the_ends_must_be_the_same() {
        WrittenLog later = WrittenLog.of(30, 10);
        String[] parts = log.notes().get(2).split("\n");
        String note = LogKey.OURS.signed(
                String.join("\n", parts[0], parts[1], parts[2], parts[3], "at 2026-11-27T00:00:00Z") + "\n");
        List<String> lines = new ArrayList<>(later.lines());
        lines.set(0, WrittenLog.head(note));

        Verdicts.broken(Fault.OTHER_END, lines);
    }

    @Test
    void nothing_may_follow_the_end() {
        for (String line : log.lines()) {
            List<String> lines = new ArrayList<>(log.lines());
            lines.add(line);
            if (line.startsWith("{\"seq\"")) {
                Verdicts.broken(Fault.SURPLUS, lines);
            } else {
                Verdicts.broken(Fault.FORM, lines);
            }
        }
    }

    @Test
    void two_records_with_one_id_do_not_hold() {
        List<String> bodies = new ArrayList<>(Bodies.of(20));
        bodies.set(16, Bodies.body(17).replace(Bodies.id(17), Bodies.id(3)));

        Verdict verdict =
                Verdicts.of(WrittenLog.of(LogKey.OURS, bodies, seq -> false).export());

        assertEquals(18, Verdicts.broken(Fault.REPEATED, verdict).line());
    }

    @Test
    void an_older_export_holds_until_what_was_kept_outside_is_known() {
        for (int size = 10; size < 30; size += 10) {
            byte[] older = WrittenLog.of(size, 10).export();

            Verdicts.holds(size, Verdicts.of(older));
            Verdict.Broken broken = Verdicts.broken(Fault.TRUNCATED, Verdicts.of(older, Verdicts.outside(log)));
            assertEquals(
                    "The log does not hold, line " + (1 + size + size / 10) + ": the log ends with record " + size
                            + ", but there were 30 when the checkpoint kept outside was signed at " + Bodies.at(30)
                            + ": the last " + (30 - size)
                            + " were cut off, unless the export was made before that moment.",
                    broken.sentence());
        }
    }

    @Test
    void a_log_that_agrees_with_what_was_kept_outside_says_so() {
        Verdict verdict = Verdicts.of(log.export(), Verdicts.outside(log));

        assertEquals(
                "30 records hold, signed as of " + Bodies.at(30) + ", and so say 3 checkpoints kept outside.",
                assertInstanceOf(Verdict.Holds.class, verdict).sentence());
    }

    @Test
    void what_was_signed_before_anything_happened_may_be_among_what_was_kept_outside() {
        String first = WrittenLog.of(0, 1).notes().get(0);
        OutsideCheckpoints outside =
                Verdicts.outside((first + String.join("", log.notes())).getBytes(StandardCharsets.UTF_8));

        Verdicts.holds(30, Verdicts.of(log.export(), outside));
        Verdicts.broken(Fault.TRUNCATED, Verdicts.of(WrittenLog.of(20, 10).export(), outside));
        Verdicts.broken(Fault.TRUNCATED, Verdicts.of(WrittenLog.of(0, 10).export(), outside));
    }

    @Test
    void another_log_with_the_same_signature_is_found_by_what_was_kept_outside() {
        List<String> bodies = new ArrayList<>(Bodies.of(30));
        Collections.swap(bodies, 14, 15);
        WrittenLog other = WrittenLog.of(LogKey.OURS, bodies, seq -> seq % 10 == 0);

        Verdicts.holds(30, Verdicts.of(other.export()));
        Verdicts.broken(Fault.OTHER_HISTORY, Verdicts.of(other.export(), Verdicts.outside(log)));
    }

    @Test
    void a_checkpoint_that_was_taken_out_is_found_by_what_was_kept_outside() {
        List<String> lines = new ArrayList<>(log.lines());
        lines.remove(11);

        Verdicts.holds(30, Verdicts.of(WrittenLog.export(lines)));
        Verdict verdict = Verdicts.of(WrittenLog.export(lines), Verdicts.outside(log));
        assertEquals(12, Verdicts.broken(Fault.CHECKPOINT_MISSING, verdict).line());
    }
}
