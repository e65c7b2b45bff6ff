package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrateTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_database_that_was_migrated_before_the_start_is_one_to_start_on() {
        try (TestDatabase empty = TestDatabase.empty()) {
            assertThrows(MissingGuardException.class, () -> empty.checkGuards());
            assertEquals(0, run(empty.migrationVariables()));
            assertDoesNotThrow(() -> empty.checkGuards());
            assertEquals(0, run(empty.migrationVariables()), "Again changes nothing");
            assertEquals("", said.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DB_URL, ' ', DB_URL is not set.",
        "DB_USER, ' ', DB_USER is not set.",
        "DB_MIGRATION_USER, ' ', DB_MIGRATION_USER is not set.",
        "DB_MIGRATION_PASSWORD, ' ', DB_MIGRATION_PASSWORD is not set.",
        "IDENTITY_MAC_KEY, ' ', IDENTITY_MAC_KEY is not set.",
        "IDENTITY_MAC_KEY, short, IDENTITY_MAC_KEY must be at least 32 random bytes in base64url.",
        "DB_OWNER, a\"b, 'A database role''s name is 1 to 63 letters, digits and the characters _ . @ and -.'"
    })
    void what_is_missing_or_does_not_fit_is_said_in_one_sentence(String variable, String value, String sentence) {
        Map<String, String> variables = new HashMap<>(TestDatabase.shared().migrationVariables());
        assertEquals(0, run(variables));
        variables.put(variable, value);
        assertEquals(1, run(variables));
        assertEquals(
                "Cannot migrate: " + sentence,
                said.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void a_database_that_is_away_or_a_role_that_is_not_there_ends_with_an_error() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "DB_URL", "jdbc:postgresql://localhost:1/throughline", "DB_OWNER", "nobody")
                .entrySet()) {
            Map<String, String> variables = new HashMap<>(TestDatabase.shared().migrationVariables());
            variables.put(wrong.getKey(), wrong.getValue());
            said.reset();
            assertEquals(1, run(variables));
            assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("Cannot migrate: "), said.toString());
        }
    }

    private int run(Map<String, String> variables) {
        return Migrate.run(variables, new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
