package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.local.LocalSecrets;
import dev.throughline.local.postgres.LocalDatabase;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Migrating as a step of its own, by the documented command, and a server that may not. */
class MigrateIT {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final String DATABASE = "migrated";

    private final LocalStack stack = Running.stack();
    private final Path folder = Running.emptyFolder("migrate");

    @Test
    void a_server_that_may_not_migrate_starts_once_somebody_else_has() throws Exception {
        createDatabase();
        String url = stack.database().jdbcUrl().replaceFirst("/[^/]*$", "/" + DATABASE);
        try (RefusedStart start = new RefusedStart(Running.emptyFolder("unmigrated"), settings -> {
            settings.keySet().removeIf(name -> name.startsWith("DB_MIGRATION_"));
            settings.put("DB_URL", url);
        })) {
            assertEquals(
                    List.of("Throughline cannot start: the database's schema is not the one of this version: let it be"
                            + " migrated before the start."),
                    start.sentences());
        }

        migrate(url);

        try (LocalStack server = Running.beside(
                stack, "migrated", Map.of("DB_URL", url, "DB_MIGRATION_USER", "", "DB_MIGRATION_PASSWORD", ""))) {
            server.start();
            assertEquals(200, Http.get(server.web().resolve("/health/ready")).statusCode());
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection superuser = stack.database().superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("create database " + DATABASE + " owner " + LocalDatabase.OWNER);
        }
    }

    /** As {@code docs/configuration.md} says. */
    private void migrate(String url) throws IOException, InterruptedException {
        String command = Files.readString(ROOT.resolve("docs/configuration.md"))
                .lines()
                .filter(line -> line.endsWith("dev.throughline.out.database.Migrate"))
                .findFirst()
                .orElseThrow();
        Installation installation = Installation.fromSystemProperties();
        unpack(installation.war(), folder.resolve("throughline"));
        Files.copy(installation.driver().resolve("postgresql.jar"), folder.resolve("postgresql.jar"));
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile());
        LocalSecrets secrets = stack.secrets();
        builder.environment()
                .putAll(Map.of(
                        "DB_URL",
                        url,
                        "DB_USER",
                        LocalDatabase.APPLICATION_USER,
                        "DB_MIGRATION_USER",
                        LocalDatabase.MIGRATION_USER,
                        "DB_MIGRATION_PASSWORD",
                        secrets.migrationPassword(),
                        "IDENTITY_MAC_KEY",
                        secrets.identityMacKey()));
        Process migrating = builder.start();
        migrating.waitFor(2, TimeUnit.MINUTES);
        assertEquals(0, migrating.exitValue(), Files.readString(folder.resolve("said.txt")));
    }

    private static void unpack(Path war, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(entry -> entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory())
                    .toList()) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
            }
        }
    }
}
