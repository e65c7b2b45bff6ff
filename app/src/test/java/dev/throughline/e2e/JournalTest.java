package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.Journal.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A journal notices what it is there to notice. */
class JournalTest {
    private static final String ZOE = "Zoe|9|Lamp|2|1";
    private static final Optional<State> NOTHING = Optional.empty();
    private static final Optional<State> PLACED = Optional.of(State.of(ZOE));
    private static final Optional<State> AMENDED = PLACED.map(placed -> placed.amended("Desk", 3));

    private final Journal journal = new Journal();

    @Test
    void a_row_as_it_was_acknowledged_is_right() {
        journal.acknowledged(NOTHING, PLACED);

        assertEquals(List.of(), journal.contradictions(List.of(ZOE)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', lost",
        "Zoe|9|Lamp|2|1;Zoe|10|Lamp|2|1, doubled",
        "Zoe|10|Lamp|2|1, altered",
        "Zoe|9|Desk|2|1, altered",
        "Zoe|9|Lamp|3|1, altered",
        "Zoe|9|Lamp|2|2, altered",
        "Zoe|9|Lamp|2|1;Yve|10|Lamp|2|1, never sent"
    })
    void a_row_that_is_anything_else_is_found(String rows, String kind) {
        journal.acknowledged(NOTHING, PLACED);

        List<String> found = journal.contradictions(rows(rows));

        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).startsWith(kind), found.toString());
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "Zoe|9|Lamp|2|1, 1"})
    void an_order_that_nobody_answered_for_is_there_or_not(String rows, int made) {
        journal.unanswered(NOTHING, Optional.of(new State(0, "Zoe", "Lamp", 2, 1)));

        assertEquals(List.of(), journal.contradictions(rows(rows)));
        assertEquals(made, journal.madeUnanswered(rows(rows)));
        assertEquals(made == 0 ? Map.of() : Map.of(9L, 1L), journal.effects(rows(rows)));
    }

    @ParameterizedTest
    @CsvSource({"Zoe|9|Lamp|2|1, 0, 1", "Zoe|9|Desk|3|2, 1, 2"})
    void a_change_that_nobody_answered_for_is_made_or_not(String rows, int made, long effects) {
        journal.acknowledged(NOTHING, PLACED);
        journal.unanswered(PLACED, AMENDED);

        assertEquals(List.of(), journal.contradictions(rows(rows)));
        assertEquals(made, journal.madeUnanswered(rows(rows)));
        assertEquals(Map.of(9L, effects), journal.effects(rows(rows)));
    }

    @ParameterizedTest
    @CsvSource({"'', lost", "Zoe|9|Desk|2|2, altered", "Zoe|9|Desk|3|1, altered", "Zoe|9|Lamp|2|2, altered"})
    void a_change_that_is_half_made_is_found(String rows, String kind) {
        journal.acknowledged(NOTHING, PLACED);
        journal.unanswered(PLACED, AMENDED);

        assertTrue(journal.contradictions(rows(rows)).get(0).startsWith(kind));
    }

    @Test
    void a_deleted_order_stays_deleted() {
        journal.acknowledged(NOTHING, PLACED);
        journal.acknowledged(PLACED, NOTHING);

        assertEquals(List.of(), journal.contradictions(List.of()));
        assertEquals(1, journal.contradictions(List.of(ZOE)).size());
        assertEquals(Map.of(9L, 2L), journal.effects(List.of()));
    }

    private static List<String> rows(String rows) {
        return Stream.of(rows.split(";")).filter(row -> !row.isEmpty()).toList();
    }
}
