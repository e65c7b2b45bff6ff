package dev.throughline.out.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "7 | 7",
                "999999999 | 3600",
                "Fri, 20 Nov 2026 16:00:30 GMT | 30",
                "Sat, 21 Nov 2026 16:00:30 GMT | 3600"
            })
    void seconds_and_dates_are_understood_and_an_hour_is_the_most(String header, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.read(header, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1.5", "9999999999", "Fri, 20 Nov 2026 15:59:59 GMT", "Fri, 31 Nov 2026 1"})
    void anything_else_says_nothing(String header) {
        assertEquals(Optional.empty(), RetryAfter.read(header, NOW));
    }
}
