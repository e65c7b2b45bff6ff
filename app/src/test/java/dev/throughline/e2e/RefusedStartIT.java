package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that stop the start of a real server; which ones there are is told by the tests of the settings. */
class RefusedStartIT {
    private static final Path DATA = Running.emptyFolder("refused");

    @Test
    void authentication_stays_on_where_nobody_says_where_it_runs() {
        try (RefusedStart start = new RefusedStart(DATA, settings -> {
            settings.put("AUTH_REQUIRED", "false");
            settings.remove("ENVIRONMENT");
        })) {
            assertRefused(
                    "AUTH_REQUIRED may be false only where ENVIRONMENT is local, dev or test; here it is prod", start);
        }
    }

    @Test
    void agents_that_cannot_be_read_are_named() {
        try (RefusedStart start =
                new RefusedStart(DATA, settings -> settings.put("AGENTS_FILE", "/nowhere/agents.json"))) {
            assertRefused(
                    "AGENTS_FILE does not do, since the agent registry cannot be read from /nowhere/agents.json",
                    start);
        }
    }

    /** Which guards there are is told by the tests of the database; here one of the tables is left open. */
    @Test
    void a_database_without_one_of_its_guards_is_refused() throws SQLException {
        atTheDatabase("alter table consent disable row level security");
        try (RefusedStart start = new RefusedStart(DATA, settings -> {})) {
            assertRefused("the database's relation consent is not as it must be", start);
        } finally {
            atTheDatabase("alter table consent enable row level security");
        }
    }

    private static void atTheDatabase(String statement) throws SQLException {
        try (Connection connection = Running.stack().database().superuser();
                Statement changing = connection.createStatement()) {
            changing.execute(statement);
        }
    }

    private static void assertRefused(String problem, RefusedStart start) {
        assertEquals(List.of("Throughline cannot start: " + problem + "."), start.sentences());
        for (String path : List.of("/api/v1/orders", "/api/v1/config", "/health/ready")) {
            assertNotEquals(200, start.status(path), path);
        }
    }
}
