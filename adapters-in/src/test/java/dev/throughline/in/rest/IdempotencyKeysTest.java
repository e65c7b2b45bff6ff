package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.InvalidValueException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeysTest {

    @Test
    void no_header_is_no_key() {
        assertEquals(Optional.empty(), IdempotencyKeys.sent(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "a-key, a-key",
        "\"a-key\", a-key",
        "\"a\\\"b\\\\c\", a\"b\\c",
        "a\"b, a\"b",
        "a\\b, a\\b",
        "'a,b', 'a,b'"
    })
    void a_key_is_the_same_with_quotes_and_without(String header, String key) {
        assertEquals(Optional.of(new IdempotencyKey(key)), IdempotencyKeys.sent(List.of(header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"",
                "\"a-key",
                "\"a-key\"b",
                "\"a-key\";p=1",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "\"a b\"",
                "a b",
                "\u00e4",
                "\"\u00e4\""
            })
    void what_can_be_no_key_is_refused(String header) {
        assertEquals(
                "Idempotency-Key",
                assertThrows(InvalidValueException.class, () -> IdempotencyKeys.sent(List.of(header)))
                        .field());
    }

    @Test
    void a_key_may_be_as_long_within_its_quotes_as_without() {
        String longest = "k".repeat(255);
        assertEquals(Optional.of(new IdempotencyKey(longest)), IdempotencyKeys.sent(List.of("\"" + longest + "\"")));
        assertThrows(InvalidValueException.class, () -> IdempotencyKeys.sent(List.of("\"" + longest + "k\"")));
    }

    @Test
    void two_keys_are_none() {
        assertThrows(InvalidValueException.class, () -> IdempotencyKeys.sent(List.of("a-key", "a-key")));
    }
}
