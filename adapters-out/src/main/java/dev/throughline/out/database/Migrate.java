package dev.throughline.out.database;

import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the database as a step of its own, before servers of this version start that must not: they then need no
 * login that may change tables. Reads the same variables as they do; {@code docs/configuration.md} has the command.
 */
public final class Migrate {
    private static final String DEFAULT_OWNER = "throughline_owner";

    private Migrate() {}

    /** Ends with 0 when the database is of this version, else with 1 and one sentence. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.err));
    }

    static int run(Map<String, String> environment, PrintStream err) {
        try {
            String owner = environment.getOrDefault("DB_OWNER", "").strip();
            DatabaseMigration.migrate(
                    required(environment, "DB_URL"),
                    required(environment, "DB_MIGRATION_USER"),
                    required(environment, "DB_MIGRATION_PASSWORD"),
                    new DatabaseRoles(owner.isEmpty() ? DEFAULT_OWNER : owner, required(environment, "DB_USER")),
                    key(required(environment, "IDENTITY_MAC_KEY")));
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("Cannot migrate: " + e.getMessage());
        } catch (FlywayException e) {
            err.println("Cannot migrate: " + e.getMessage().strip());
        }
        return 1;
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set.");
        }
        return value;
    }

    private static IdentityKey key(String text) {
        try {
            return new IdentityKey(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("IDENTITY_MAC_KEY must be at least 32 random bytes in base64url.", e);
        }
    }
}
