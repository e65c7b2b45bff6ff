package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.postgres.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each guard is taken away from a database that is accepted before and, when it is back, after. */
class DatabaseGuardsTest {
    private static final DatabaseRoles ROLES = new DatabaseRoles(LocalDatabase.OWNER, LocalDatabase.APPLICATION_USER);
    private static final String EXPECTED = "/db/guards/expected.txt";

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** Whoever changes the guards copies the file that this writes, and reads what changed. */
    @Test
    void the_written_table_is_what_the_catalogue_says() throws SQLException, IOException {
        String found;
        try (Connection connection = database.connectAsApplication()) {
            connection.setAutoCommit(false);
            found = DatabaseGuards.catalogue(connection, ROLES).entrySet().stream()
                    .map(guard -> guard.getKey() + " : " + guard.getValue().replaceAll("\\s+", " "))
                    .collect(Collectors.joining("\n"));
        }
        Path file = Path.of("target", "guards-found.txt");
        Files.writeString(file, found + "\n");
        assertEquals(ExpectedGuards.text(EXPECTED).strip(), found, "What was found lies in adapters-out/" + file);
    }

    @Test
    void the_version_that_is_expected_is_that_of_the_last_migration() {
        MigrationInfo[] known = database.flyway().info().all();
        String last = known[known.length - 1].getVersion().toString();
        assertTrue(ExpectedGuards.text(EXPECTED).lines().anyMatch(("schema version : " + last)::equals), last);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/db/guards-taken-away.txt", delimiter = '|', quoteCharacter = '`')
    void without_one_of_its_guards_a_database_is_refused_and_the_guard_is_named(
            String away, String back, String sentence) throws SQLException {
        assertDoesNotThrow(DatabaseGuardsTest::check);
        as(away);
        try {
            assertEquals(
                    sentence,
                    assertThrows(MissingGuardException.class, DatabaseGuardsTest::check)
                            .getMessage());
        } finally {
            as(back);
        }
        assertDoesNotThrow(DatabaseGuardsTest::check);
    }

    @Test
    void another_key_than_the_databases_is_noticed() {
        assertDoesNotThrow(DatabaseGuardsTest::check);
        IdentityKey another = new IdentityKey(new byte[32]);
        MissingGuardException refusal = assertThrows(
                MissingGuardException.class,
                () -> DatabaseGuards.check(database.sourceAsApplication(), ROLES, another));
        assertEquals(
                "IDENTITY_MAC_KEY is not the key that the database was given when it was migrated.",
                refusal.getMessage());
    }

    @Test
    void whoever_migrates_is_not_whom_the_server_can_work_as() {
        DatabaseRoles wrong = new DatabaseRoles(LocalDatabase.OWNER, LocalDatabase.MIGRATION_USER);
        assertEquals(
                "at the database, DB_USER is not the role that the server works as.",
                assertThrows(
                                MissingGuardException.class,
                                () -> DatabaseGuards.check(database.sourceAsApplication(), wrong, database.key()))
                        .getMessage());
    }

    @Test
    void a_database_of_the_version_before_is_refused_until_it_is_migrated() {
        try (TestDatabase old = TestDatabase.empty()) {
            old.migrateTo("4");
            old.restart();
            assertEquals(
                    "the database's schema is not the one of this version: let it be migrated before the start.",
                    assertThrows(MissingGuardException.class, () -> checked(old))
                            .getMessage());
            old.migrate();
            assertDoesNotThrow(() -> checked(old));
        }
    }

    @Test
    void a_database_that_is_away_is_an_outage_and_no_missing_guard() {
        assertThrows(SQLException.class, () -> DatabaseGuards.check(database.sourceAway(), ROLES, database.key()));
    }

    private static void check() throws SQLException {
        checked(database);
    }

    private static void checked(TestDatabase database) throws SQLException {
        database.checkGuards();
    }

    /** As the superuser, as somebody does by mistake. */
    private static void as(String statements) throws SQLException {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
