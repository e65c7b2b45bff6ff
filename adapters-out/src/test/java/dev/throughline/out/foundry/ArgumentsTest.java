package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private final Arguments arguments = new Arguments();

    @Test
    void every_kind_of_value_is_read() throws MalformedArgumentsException {
        assertEquals(
                Map.of(
                        "a", Arrays.asList(1L, new BigDecimal("2.5"), true, false, null, "x \uD83D\uDE00"),
                        "b", Map.of("c", new BigDecimal("12345678901234567890"))),
                arguments.read(
                        "{\"a\":[1,2.5,true,false,null,\"x \\ud83d\\ude00\"],\"b\":{\"c\":12345678901234567890}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4.0", "40e-1", "0.4e1"})
    void a_whole_number_is_one_however_it_is_spelled(String four) throws MalformedArgumentsException {
        assertEquals(Map.of("n", 4L), arguments.read("{\"n\":" + four + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{}", " { } "})
    void a_call_may_have_no_arguments(String none) throws MalformedArgumentsException {
        assertEquals(Map.of(), arguments.read(none));
    }

    static Stream<String> malformed() {
        return Stream.of(
                "{",
                "{\"a\"}",
                "{\"a\":1",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":1} {\"a\":2}",
                "{\"a\":1}x",
                "[]",
                "[{\"a\":1}]",
                "\"a\"",
                "1",
                "null",
                "nonsense",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"b\":[{\"a\":1,\"a\":2}]}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"x\\u0000\"}",
                "{\"a\":1e401}",
                "{\"a\":1e-401}",
                "{\"a\":1e999999999}",
                "{\"a\":1e99999999999}",
                "{\"a\":" + "1".repeat(65) + "}",
                "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}",
                "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
                "{\"a\":\"" + "x".repeat(64 * 1024) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_could_be_read_in_two_ways_or_without_end_is_refused(String text) throws MalformedArgumentsException {
        assertEquals(Map.of("a", 1L), arguments.read("{\"a\":1}"));
        assertThrows(MalformedArgumentsException.class, () -> arguments.read(text));
    }

    @Test
    void what_is_as_deep_and_as_large_as_allowed_is_read() throws MalformedArgumentsException {
        assertEquals(
                1,
                arguments
                        .read("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")
                        .size());
        assertEquals(1, arguments.read("{\"a\":1e400}").size());
        assertEquals(
                List.of("x".repeat(64 * 1024 - 8)),
                List.copyOf(arguments
                        .read("{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}")
                        .values()));
    }
}
