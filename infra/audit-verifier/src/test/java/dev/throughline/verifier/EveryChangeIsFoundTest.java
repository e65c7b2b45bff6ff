package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every change of one byte, and every line taken out, put in, moved or cut off, in a log of 1,000 records.
 *
 * <p>To run over the whole log for each byte would take hours. It is not needed: a line that is refused changes nothing
 * in a {@link Verification}. So the log is taken in once; at each line, everything that could stand there instead is
 * tried and must be refused at once, and then the line itself must be accepted. The log that is accepted in the end is
 * the control of every try. What is not refused at once, a log that was chained anew, is a whole run for each record.
 */
class EveryChangeIsFoundTest {
    private static final int RECORDS = 1_000;
    private static final int CHECKPOINT_EVERY = 500;
    private static final long SEED = 6;

    private static final List<String> BODIES = Bodies.of(RECORDS);
    private static final WrittenLog LOG = WrittenLog.of(LogKey.OURS, BODIES, seq -> seq % CHECKPOINT_EVERY == 0);
    private static final byte[] EXPORT = LOG.export();
    private static final List<Line> LINES = lines(EXPORT);
    private static final List<String> RECORD_LINES =
            LOG.lines().stream().filter(line -> line.contains(",\"record\":")).toList();
    private static final List<byte[]> CHAINS = RECORD_LINES.stream()
            .map(line -> HexFormat.of()
                    .parseHex(line.substring(line.indexOf(",\"chain\":\"") + 10).substring(0, 64)))
            .toList();

    private final Random random = new Random(SEED);

    @BeforeAll
    static void accepted_as_it_is() {
        Verdicts.holds(RECORDS, Verdicts.of(EXPORT));
        Verdicts.holds(RECORDS, Verdicts.of(EXPORT, Verdicts.outside(LOG)));
        Verdicts.holds(RECORDS, verdict(LINES, Verdicts.outside(LOG)));
        assertEquals(1 + RECORDS + RECORDS / CHECKPOINT_EVERY, LINES.size());
    }

    /** At each position: the byte with its lowest bit turned, which keeps a digit a digit, and any other byte. */
    @Test
    void every_byte_changed_is_found_in_its_line() throws BrokenLogException {
        Verification verification = verification();
        int tried = 0;
        for (Line line : LINES) {
            for (int at = line.from(); at <= line.to(); at++) {
                requireRefused(verification, EXPORT, line.from(), at, EXPORT[at] ^ 1);
                requireRefused(verification, EXPORT, line.from(), at, EXPORT[at] + 1 + random.nextInt(255));
                tried += 2;
            }
            verification.accept(line);
        }
        Verdicts.holds(RECORDS, verification.end());
        assertEquals(2 * EXPORT.length, tried);
    }

    /** All 255 other values at each position of a record of each form. */
    @Test
    void every_other_value_of_each_byte_of_a_record_is_found_in_its_line() throws BrokenLogException {
        byte[] export = WrittenLog.of(3, 3).export();
        Verification verification = verification();
        for (Line line : lines(export)) {
            boolean record = verification.announced() > verification.size();
            for (int at = line.from(); record && at <= line.to(); at++) {
                for (int other = 1; other <= 255; other++) {
                    requireRefused(verification, export, line.from(), at, export[at] + other);
                }
            }
            verification.accept(line);
        }
        Verdicts.holds(3, verification.end());
    }

    @Test
    void every_truncation_is_found() throws BrokenLogException {
        Verification verification = verification();
        for (Line line : LINES) {
            assertThrows(BrokenLogException.class, verification::end);
            for (int to = line.from() + 1; to <= line.to(); to++) {
                assertEquals(Fault.CUT_OFF, refused(verification, new Line(EXPORT, line.from(), to, false)));
            }
            verification.accept(line);
        }
        Verdicts.holds(RECORDS, verification.end());
    }

    /**
     * Every line of the log at the place of every other one: so no line can be copied to another place, left out, or
     * change places with another, and no order of the lines is accepted but theirs. With the checkpoints that were kept
     * outside, since a checkpoint that is left out takes no record away and is missed by nothing else.
     */
    @Test
    void every_line_is_refused_at_every_place_but_its_own() throws BrokenLogException {
        Verification verification = new Verification(LogKey.OURS.verifier(), Verdicts.outside(LOG));
        for (Line line : LINES) {
            for (Line other : LINES) {
                if (other != line) {
                    refused(verification, other);
                }
            }
            verification.accept(line);
        }
        for (Line line : LINES) {
            refused(verification, line);
        }
        Verdicts.holds(RECORDS, verification.end());
    }

    @Test
    void every_line_left_out_is_found_by_a_whole_run() {
        OutsideCheckpoints outside = Verdicts.outside(LOG);
        for (int i = 0; i < LINES.size(); i++) {
            List<Line> lines = new ArrayList<>(LINES);
            lines.remove(i);

            requireBroken(lines, outside, "left out: " + i);
        }
    }

    @Test
    void neighbours_and_others_that_change_places_are_found_by_a_whole_run() {
        int last = LINES.size() - 1;
        for (int i = 0; i < last; i++) {
            requireSwapFound(i, i + 1);
        }
        for (int i = 0; i < 300; i++) {
            int one = random.nextInt(last + 1);
            requireSwapFound(one, (one + 1 + random.nextInt(last)) % (last + 1));
        }
    }

    /** The chain needs no key: whoever puts a record in can link it properly, and even all that follow. */
    @Test
    void a_new_record_put_in_at_every_place_is_found_by_a_whole_run() {
        for (int i = 0; i <= RECORDS; i++) {
            List<String> bodies = new ArrayList<>(BODIES);
            bodies.add(i, Bodies.body(5_000));
            List<Line> anew = chainedAnew(bodies, i);
            int place = 1 + i + i / CHECKPOINT_EVERY;
            List<Line> linked = new ArrayList<>(LINES);
            linked.add(place, anew.get(place));

            requireBroken(linked, OutsideCheckpoints.none(), "linked as record " + (i + 1));
            requireBroken(anew, OutsideCheckpoints.none(), "chained anew from " + (i + 1));
        }
    }

    @Test
    void a_record_changed_or_left_out_and_the_rest_chained_anew_is_found_by_a_whole_run() {
        for (int i = 0; i < RECORDS; i++) {
            List<String> bodies = new ArrayList<>(BODIES);
            bodies.set(i, bodies.get(i).replace("\"decision\":\"", "\"decision\":\"x"));
            Fault changed = requireBroken(chainedAnew(bodies, i), OutsideCheckpoints.none(), "changed: " + (i + 1));
            assertEquals(Fault.REWRITTEN, changed);

            bodies.remove(i);
            requireBroken(chainedAnew(bodies, i), OutsideCheckpoints.none(), "left out: " + (i + 1));
        }
    }

    @Test
    void every_older_state_is_found_by_what_was_kept_outside() {
        OutsideCheckpoints outside = Verdicts.outside(LOG);
        for (int size = CHECKPOINT_EVERY; size < RECORDS; size += CHECKPOINT_EVERY) {
            byte[] older = WrittenLog.of(size, CHECKPOINT_EVERY).export();

            Verdicts.holds(size, Verdicts.of(older));
            Verdicts.broken(Fault.TRUNCATED, Verdicts.of(older, outside));
        }
    }

    private static void requireSwapFound(int one, int other) {
        List<Line> lines = new ArrayList<>(LINES);
        Collections.swap(lines, one, other);
        requireBroken(lines, OutsideCheckpoints.none(), "swapped: " + one + ", " + other);
    }

    /** Lines with a chain that is right, and the checkpoints as they were signed, up to the one that must tell. */
    private static List<Line> chainedAnew(List<String> bodies, int from) {
        List<Line> lines = new ArrayList<>(LINES.subList(0, 1 + from + from / CHECKPOINT_EVERY));
        byte[] chain = from == 0 ? new byte[32] : CHAINS.get(from - 1);
        for (int seq = from + 1; seq <= bodies.size(); seq++) {
            String body = bodies.get(seq - 1);
            chain = ReferenceTree.link(chain, ReferenceTree.leaf(body.getBytes(StandardCharsets.US_ASCII)));
            lines.add(line(WrittenLog.record(seq, chain, body)));
            if (seq % CHECKPOINT_EVERY == 0) {
                lines.add(checkpoint(seq));
                return lines;
            }
        }
        lines.add(checkpoint(RECORDS));
        return lines;
    }

    private static Line checkpoint(int size) {
        return LINES.get(size + size / CHECKPOINT_EVERY);
    }

    private static Fault requireBroken(List<Line> lines, OutsideCheckpoints outside, String what) {
        return verdict(lines, outside) instanceof Verdict.Broken broken ? broken.fault() : fail("accepted: " + what);
    }

    private static Verdict verdict(List<Line> lines, OutsideCheckpoints outside) {
        Verification verification = new Verification(LogKey.OURS.verifier(), outside);
        try {
            for (Line line : lines) {
                verification.accept(line);
            }
            return verification.end();
        } catch (BrokenLogException e) {
            return new Verdict.Broken(1, e.fault(), e.getMessage());
        }
    }

    private static void requireRefused(Verification verification, byte[] export, int from, int at, int other) {
        byte before = export[at];
        export[at] = (byte) other;
        try {
            refused(verification, lineAt(export, from));
        } finally {
            export[at] = before;
        }
    }

    private static Fault refused(Verification verification, Line line) {
        try {
            verification.accept(line);
        } catch (BrokenLogException expected) {
            return expected.fault();
        }
        return fail(
                "accepted: " + new String(line.bytes(), line.from(), line.to() - line.from(), StandardCharsets.UTF_8));
    }

    private static Verification verification() {
        return new Verification(LogKey.OURS.verifier(), OutsideCheckpoints.none());
    }

    private static Line line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Line(bytes, 0, bytes.length, true);
    }

    private static List<Line> lines(byte[] export) {
        List<Line> lines = new ArrayList<>();
        for (int from = 0;
                from < export.length;
                from = lines.get(lines.size() - 1).to() + 1) {
            lines.add(lineAt(export, from));
        }
        return lines;
    }

    /** The line that a reader would find there, however long a changed byte has made it. */
    private static Line lineAt(byte[] export, int from) {
        int to = from;
        while (to < export.length && export[to] != '\n') {
            to++;
        }
        return new Line(export, from, to, to < export.length);
    }
}
