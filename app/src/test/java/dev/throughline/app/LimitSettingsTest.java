package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.out.limits.Limit;
import dev.throughline.out.limits.Limits;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSettingsTest {
    private final Map<String, String> variables = new HashMap<>();

    @Test
    void without_settings_the_defaults_count_in_memory() {
        assertEquals(
                new Limits(
                        new Limit(6000, 2000),
                        new Limit(3000, 1000),
                        new Limit(1200, 300),
                        new Limit(1500, 500),
                        new Limit(120, 60)),
                read().limits());
        assertFalse(read().shared());
    }

    @Test
    void each_variable_sets_its_own_limit() {
        variables.put("RATE_LIMIT_USER", "10,11");
        variables.put("RATE_LIMIT_AGENT", " 20 , 21 ");
        variables.put("RATE_LIMIT_WRITES", "1,1");
        variables.put("RATE_LIMIT_TOOL", "2,3");
        variables.put("RATE_LIMIT_CHAT", "1000000,1000000");
        variables.put("RATE_LIMIT_STORE", "database");

        assertEquals(
                new Limits(
                        new Limit(10, 11),
                        new Limit(20, 21),
                        new Limit(1, 1),
                        new Limit(2, 3),
                        new Limit(1_000_000, 1_000_000)),
                read().limits());
        assertTrue(read().shared());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,5",
                "5,0",
                "-5,5",
                "5,-5",
                "+5,5",
                "5",
                "5,",
                ",5",
                "5,5,5",
                "5.5,5",
                "5/5",
                "five,5",
                "5;5",
                "5,5x",
                "0x5,5",
                "1000001,5",
                "5,1000001",
                "99999999999,5",
                "٥,5",
                "5\n,5"
            })
    void a_limit_that_is_none_stops_the_start_with_one_sentence(String value) {
        for (String name : new String[] {
            "RATE_LIMIT_USER", "RATE_LIMIT_AGENT", "RATE_LIMIT_WRITES", "RATE_LIMIT_TOOL", "RATE_LIMIT_CHAT"
        }) {
            variables.clear();
            variables.put(name, "5,5");
            read();
            variables.put(name, value);

            String sentence =
                    assertThrows(InvalidSettingException.class, this::read).getMessage();

            assertTrue(sentence.matches("Throughline cannot start: " + name + " must be [^.]+\\."), sentence);
        }
    }

    @Test
    void a_store_that_is_none_stops_the_start_with_one_sentence() {
        variables.put("RATE_LIMIT_STORE", "redis");

        assertEquals(
                "Throughline cannot start: RATE_LIMIT_STORE must be memory or database.",
                assertThrows(InvalidSettingException.class, this::read).getMessage());
    }

    private LimitSettings read() {
        return LimitSettings.read(new Variables(FakeConfig.of(variables)));
    }
}
