package dev.throughline.out.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database's schema up to date. To be called once at start-up, before anything else uses the database. */
public final class DatabaseMigration {
    private static final String MIGRATIONS = "classpath:db/migration";

    private static final String INSTALL = "insert into identity.key (inner_pad, outer_pad) values (?, ?)"
            + " on conflict (only_one) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"
            + " where (key.inner_pad, key.outer_pad) <> (excluded.inner_pad, excluded.outer_pad)";

    private DatabaseMigration() {}

    /**
     * Runs the migrations that have not run yet, and gives the database the key; instances that start together take
     * turns.
     *
     * @param user logs in, and is a member of the owner
     * @param roles existing roles
     * @param key by which the database believes who is asking; from then on it believes no other
     * @throws IllegalStateException if there are no migrations to be found: the packaging is broken
     * @throws FlywayException if the database is away or a migration fails; it is rolled back
     */
    public static void migrate(String jdbcUrl, String user, String password, DatabaseRoles roles, IdentityKey key) {
        Flyway flyway = flyway(MIGRATIONS, jdbcUrl, user, password, roles);
        flyway.migrate();
        install(key, flyway, roles);
    }

    static Flyway flyway(String location, String jdbcUrl, String user, String password, DatabaseRoles roles) {
        Flyway flyway = Flyway.configure(DatabaseMigration.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .initSql(become(roles))
                .locations(location)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .placeholders(Map.of("applicationRole", roles.application(), "ownerRole", roles.owner()))
                .load();
        // Flyway itself only logs this, and takes what has been applied for migrations of a newer version.
        if (Arrays.stream(flyway.info().all())
                .noneMatch(migration -> migration.getState().isResolved())) {
            throw new IllegalStateException("No database migration was found on the class path.");
        }
        return flyway;
    }

    private static void install(IdentityKey key, Flyway flyway, DatabaseRoles roles) {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement becoming = connection.createStatement();
                PreparedStatement installing = connection.prepareStatement(INSTALL)) {
            becoming.execute(become(roles));
            installing.setBytes(1, key.innerPad());
            installing.setBytes(2, key.outerPad());
            installing.executeUpdate();
        } catch (SQLException e) {
            throw new FlywayException("The key of identities was not given to the database", e);
        }
    }

    /** What is made is the owner's, not the login's. A role's name has no character that would need care. */
    private static String become(DatabaseRoles roles) {
        return "set role \"" + roles.owner() + "\"";
    }
}
