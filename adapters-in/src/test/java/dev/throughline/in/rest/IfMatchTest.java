package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.in.http.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
    private static final OptionalLong NEVER = OptionalLong.of(0);

    @Test
    void without_the_header_any_version_will_do() {
        assertEquals(List.of(OptionalLong.empty()), IfMatch.expected(List.of()));
        assertEquals(List.of(OptionalLong.empty()), IfMatch.expected(List.of("*")));
    }

    @Test
    void versions_are_tried_in_turn() {
        assertEquals(List.of(OptionalLong.of(7)), IfMatch.expected(List.of("\"7\"")));
        List<OptionalLong> both = List.of(OptionalLong.of(7), OptionalLong.of(8));
        assertEquals(both, IfMatch.expected(List.of("\"7\", \"8\"")));
        assertEquals(both, IfMatch.expected(List.of("\"7\"", "\"8\"")));
        assertEquals(both, IfMatch.expected(List.of(" \"7\" ,, \"8\",")));
    }

    @Test
    void a_tag_that_is_weak_or_none_of_ours_matches_no_version() {
        assertEquals(List.of(NEVER), IfMatch.expected(List.of("W/\"7\"")));
        assertEquals(List.of(NEVER), IfMatch.expected(List.of("\"abc\"")));
        assertEquals(List.of(NEVER), IfMatch.expected(List.of("\"07\"")));
        assertEquals(List.of(NEVER), IfMatch.expected(List.of("\"\"")));
        assertEquals(List.of(NEVER), IfMatch.expected(List.of("\"99999999999999999999\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "7\"", "'7'", "\"7\" \"8\"", "w/\"7\"", "*, \"7\"", "\"7\";x", "", ","})
    void a_malformed_header_is_refused(String header) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> IfMatch.expected(List.of(header)), header);
        assertEquals(400, refused.problem().status());
        assertEquals("if_match_invalid", refused.problem().reason());
    }

    @Test
    void the_number_of_tags_is_bounded() {
        assertEquals(1, IfMatch.expected(Collections.nCopies(10, "\"7\"")).size());
        assertThrows(ProblemException.class, () -> IfMatch.expected(Collections.nCopies(11, "\"7\"")));
    }
}
