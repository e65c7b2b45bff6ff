package dev.throughline.out.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {
    @ParameterizedTest
    @CsvSource({
        "orders-assistant, orders-assistant",
        "a b, a%20b",
        "a/../b, a%2F..%2Fb",
        "a?b#c, a%3Fb%23c",
        "a%2Fb, a%252Fb",
        "a:b;c, a%3Ab%3Bc",
        "größe, gr%C3%B6%C3%9Fe",
        "..., ..."
    })
    void a_text_stays_one_segment(String text, String segment) {
        assertEquals(Optional.of(segment), PathSegment.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void a_step_is_no_segment(String text) {
        assertEquals(Optional.empty(), PathSegment.of(text));
    }
}
