package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.Running;
import dev.throughline.local.run.LocalStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of the token matrix at every door of the running product. Before and after each, the very same doors let
 * in the token from which the case differs in one thing; the gate's own reason is read from its metric.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenMatrixIT {
    private static final int LONGEST = 40_000;
    private static final int FRAGMENT = 32;

    private final LocalStack stack = Running.stack();
    private final Client client = new Client(stack.ports().web());
    private final Metrics metrics = new Metrics(client);
    private final Refusal refusal =
            new Refusal("http://localhost:" + stack.ports().web());
    private final Database database = new Database(stack.database());
    private final Record record = new Record("tokens");
    private final Set<String> fragments = new LinkedHashSet<>();
    private final Map<String, Set<String>> said = new TreeMap<>();
    private final Map<String, Object> publicKey = publicKey();
    private Canary canary;
    private Map<String, Long> rows;
    private Map<String, Integer> seen;
    private int toolCalls;

    @BeforeAll
    void count() throws InterruptedException {
        canary = Canary.start();
        settle();
        rows = database.counts();
    }

    @AfterAll
    void end() {
        canary.close();
        record.write();
    }

    static List<Row> rows() {
        return Rows.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @Order(1)
    void a_request_that_differs_from_a_good_one_in_one_thing(Row row) {
        Good good = Good.of(stack.entra().tokens(), publicKey, canary.address());
        Presentation control = Presentation.bearing(good.token());
        assertOpen(row.doors(), control);

        Presentation hostile = row.presented().apply(good);
        Map<Door, Answer> answers = client.knock(row.doors(), hostile);

        assertEquals(counted(row), withoutChannel(row, countedSince()), answers.toString());
        answers.forEach((door, answer) -> assertExpected(row.expected(), door, answer));
        List<String> ends = remember(hostile);
        answers.values().forEach(answer -> assertSilent(ends, answer));
        assertOpen(row.doors(), control);
        noteToolCalls(row);
        record.passed(Case.of(row), row.doors(), row.doors().size());
    }

    @Test
    @Order(2)
    void where_a_case_starts_from_an_agents_own_token_that_token_is_good_at_its_own_door() {
        Good good = Good.of(stack.entra().tokens(), publicKey, canary.address());

        Answer answer =
                client.knock(Door.TOOLS, Presentation.bearing(good.nightAgent().sign()));

        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.body().contains("\"list-orders\"") && !answer.body().contains("\"update-order\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    @Order(3)
    void no_odd_request_without_a_token_gets_anything(OddRequest odd) {
        Answer good = odd.sentTo(
                client,
                "Authorization: Bearer "
                        + Good.of(stack.entra().tokens(), publicKey, canary.address())
                                .token());
        Answer answer = odd.sentTo(client, "X-Nobody: here");

        assertTrue(odd.control().contains(good.status()), good.toString());
        assertFalse(answer.status() / 100 == 2 && !answer.body().isEmpty(), answer.toString());
        assertFalse(answer.body().contains("ORD-0") || answer.body().contains("items"), answer.toString());
        record.passed(odd.shown(), Set.of(), 2);
    }

    static List<OddRequest> requests() {
        return OddRequest.all();
    }

    @Test
    @Order(4)
    void whatever_was_wrong_is_told_in_the_same_words_so_that_nobody_learns_from_it() {
        assertTrue(said.containsKey("invalid_token"), said.toString());
        said.forEach((reason, bodies) -> assertEquals(1, bodies.size(), bodies.toString()));
    }

    @Test
    @Order(4)
    void nothing_was_changed_by_all_of_it() {
        Map<String, Long> after = new TreeMap<>(database.counts());
        Map<String, Long> before = new TreeMap<>(rows);
        assertEquals(before.remove("tool_call") + toolCalls, after.remove("tool_call"), "Only controls call tools");
        assertEquals(before.get("orders"), after.get("orders"));
        assertEquals(before.get("conversation"), after.get("conversation"));
    }

    @Test
    @Order(5)
    void nobody_was_called_whom_a_token_named() {
        assertEquals(0, canary.hits());
    }

    @Test
    @Order(6)
    void no_piece_of_a_token_was_logged() {
        assertTrue(fragments.size() > 300, "fragments: " + fragments.size());
        for (String log : Logs.of(stack)) {
            fragments.forEach(fragment -> assertFalse(log.contains(fragment), "A token was logged: " + fragment));
        }
    }

    private void assertOpen(Set<Door> doors, Presentation control) {
        client.knock(doors, control)
                .forEach((door, answer) ->
                        assertTrue(door.isOpen(answer), () -> "The control at " + door + ": " + answer));
        toolCalls += doors.contains(Door.TOOL) ? 1 : 0;
    }

    private void assertExpected(Outcome expected, Door door, Answer answer) {
        if (expected instanceof Outcome.Refused refused) {
            refusal.assertRefused(refused.reason(), answer);
            said.computeIfAbsent(answer.reason(), reason -> new TreeSet<>()).add(answer.withoutCorrelationId());
        } else if (expected instanceof Outcome.OfTheChannel) {
            assertTrue(Set.of(0, 400, 413, 414, 431).contains(answer.status()), door + " " + answer);
        } else if (expected instanceof Outcome.LetIn) {
            assertTrue(door.isOpen(answer), door + " " + answer);
        } else if (!door.asksPolicy()) {
            assertTrue(door.isBehindGate(answer), door + " " + answer);
        } else if (expected instanceof Outcome.NeedsScope) {
            refusal.assertNeedsScope(door, answer);
        } else if (expected instanceof Outcome.Denied denied) {
            assertDenied(denied.reason(), door, answer);
        }
    }

    /** A tool tells it as a sentence to its user; it names no scope, since none would help. */
    private static void assertDenied(String reason, Door door, Answer answer) {
        assertEquals(List.of(), answer.all("WWW-Authenticate"), answer.toString());
        if (door == Door.TOOL) {
            assertEquals(200, answer.status(), answer.toString());
            assertTrue(answer.body().contains("\"isError\":true"), answer.toString());
            assertTrue(answer.body().contains(Sentences.of(reason)), answer.toString());
        } else {
            assertEquals(403, answer.status(), door + " " + answer);
            assertEquals(reason, answer.reason(), door + " " + answer);
        }
    }

    /** What the gate has counted since the last look, controls included: those must not be counted at all. */
    private Map<String, Integer> countedSince() {
        Map<String, Integer> now = metrics.rejections();
        Map<String, Integer> more = Metrics.between(seen, now);
        seen = now;
        return more;
    }

    /** What the gate must have counted for a row: once for each request that it refused, and nothing else. */
    private static Map<String, Integer> counted(Row row) {
        Map<String, Integer> counted = new TreeMap<>();
        if (row.expected() instanceof Outcome.Refused refused) {
            row.doors().forEach(door -> counted.merge(refused.reason() + " " + door.adapter, 1, Integer::sum));
        }
        return counted;
    }

    /** What the channel refuses may or may not be counted on its way; it is no affair of the gate's. */
    private static Map<String, Integer> withoutChannel(Row row, Map<String, Integer> counted) {
        return row.expected() instanceof Outcome.OfTheChannel ? Map.of() : counted;
    }

    private void noteToolCalls(Row row) {
        boolean reached =
                !(row.expected() instanceof Outcome.Refused) && !(row.expected() instanceof Outcome.OfTheChannel);
        toolCalls += reached && row.doors().contains(Door.TOOL) ? 1 : 0;
    }

    /** The ends of what looks like a token, of which neither an answer nor a log may show anything. */
    private List<String> remember(Presentation hostile) {
        List<String> ends = new ArrayList<>();
        for (String line : hostile.lines()) {
            String word = line.substring(line.lastIndexOf(' ') + 1).strip();
            String[] parts = word.length() > LONGEST ? new String[0] : word.split("\\.");
            Arrays.stream(parts)
                    .filter(part -> part.length() >= FRAGMENT)
                    .skip(1)
                    // A signature of nothing but zeros looks like any other row of zeros.
                    .filter(part -> last(part).chars().distinct().count() > 1)
                    .forEach(part -> ends.add(last(part)));
        }
        fragments.addAll(ends);
        return ends;
    }

    private static String last(String part) {
        return part.substring(Math.max(0, part.length() - FRAGMENT));
    }

    private static void assertSilent(List<String> ends, Answer answer) {
        ends.forEach(end -> assertFalse(answer.toString().contains(end), answer::toString));
    }

    /** Waits until what the start brings with it has been counted. */
    private void settle() throws InterruptedException {
        do {
            seen = metrics.rejections();
            Thread.sleep(1_000);
        } while (!seen.equals(metrics.rejections()));
    }

    private Map<String, Object> publicKey() {
        return IssuerKeys.of(stack.entra().baseUrl() + "/" + Good.PREFIX + "01/discovery/v2.0/keys")
                .get(0);
    }
}
