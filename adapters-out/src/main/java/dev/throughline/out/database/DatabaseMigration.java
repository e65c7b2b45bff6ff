package dev.throughline.out.database;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;

/** Brings the database's schema up to date. To be called once at start-up, before anything else uses the database. */
public final class DatabaseMigration {
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,62}");

    private DatabaseMigration() {}

    /**
     * Runs the migrations that have not run yet; instances that start together take turns.
     *
     * @param user owns the tables
     * @param applicationRole an existing role, the one that the server works as; it is granted what it needs
     * @throws IllegalArgumentException if {@code applicationRole} cannot be a role's name
     * @throws IllegalStateException if there are no migrations to be found: the packaging is broken
     * @throws org.flywaydb.core.api.FlywayException if the database is away or a migration fails; it is rolled back
     */
    public static void migrate(String jdbcUrl, String user, String password, String applicationRole) {
        migrate("classpath:db/migration", jdbcUrl, user, password, applicationRole);
    }

    static void migrate(String location, String jdbcUrl, String user, String password, String applicationRole) {
        if (!ROLE.matcher(applicationRole).matches()) {
            throw new IllegalArgumentException(
                    "A database role's name is 1 to 63 letters, digits and the characters _ . @ and -.");
        }
        Flyway flyway = Flyway.configure(DatabaseMigration.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations(location)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .placeholders(Map.of("applicationRole", applicationRole))
                .load();
        // Flyway itself only logs this, and takes what has been applied for migrations of a newer version.
        if (Arrays.stream(flyway.info().all())
                .noneMatch(migration -> migration.getState().isResolved())) {
            throw new IllegalStateException("No database migration was found on the class path.");
        }
        flyway.migrate();
    }
}
