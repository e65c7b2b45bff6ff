package dev.throughline.e2e;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.postgres.LocalDatabase;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The one stack that the tests of a run share, on ports of its own and with an empty data folder. It is started by the
 * first test that asks for it and stopped with the process.
 */
public final class Running {
    /** Limits that no test reaches by being quick; those that are about limits set their own. */
    public static final Map<String, String> NO_LIMITS = Map.of(
            "RATE_LIMIT_USER", "1000000,1000000",
            "RATE_LIMIT_AGENT", "1000000,1000000",
            "RATE_LIMIT_WRITES", "1000000,1000000",
            "RATE_LIMIT_TOOL", "1000000,1000000",
            "RATE_LIMIT_CHAT", "1000000,1000000");

    private static LocalStack stack;
    private static LocalStack open;
    private static RuntimeException failure;

    private Running() {}

    /** The stack; where it did not start, no other test tries again. */
    public static synchronized LocalStack stack() {
        if (failure != null) {
            throw new IllegalStateException("The stack did not start", failure);
        }
        if (stack == null) {
            stack = started();
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        }
        return stack;
    }

    /**
     * A server with authentication off beside the stack, on the same database. Nothing but that is there for it:
     * neither an authority nor a project, and no credential. One of its settings is misspelt.
     */
    public static synchronized LocalStack open() {
        if (open == null) {
            LocalDatabase database = stack().database();
            open = LocalStack.of(
                            Installation.fromSystemProperties(),
                            LocalPorts.free(),
                            emptyFolder("open"),
                            Map.ofEntries(
                                    Map.entry("AUTH_REQUIRED", "false"),
                                    Map.entry("AUTH_CLIENT_SECRET", ""),
                                    Map.entry("AUTH_AUDIENCE", "misspelt"),
                                    Map.entry("AUTH_AUTHORITY", "http://localhost:1/" + Person.VIC.tenant),
                                    Map.entry("FOUNDRY_PROJECT_ENDPOINT", "http://localhost:1/api/projects/orders"),
                                    Map.entry(
                                            "IDENTITY_MAC_KEY",
                                            stack().secrets().identityMacKey()),
                                    Map.entry(
                                            "AUDIT_SIGNING_KEY",
                                            stack().secrets().auditSigningKey()),
                                    Map.entry("DB_URL", database.jdbcUrl()),
                                    Map.entry("DB_USER", LocalDatabase.APPLICATION_USER),
                                    Map.entry("DB_MIGRATION_USER", LocalDatabase.MIGRATION_USER),
                                    Map.entry("DB_MIGRATION_PASSWORD", "not-looked-at")),
                            Progress.to(System.out))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(open::close));
        }
        return open;
    }

    private static LocalStack started() {
        try {
            return another("e2e");
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** A stack of its own, for tests that break it; whoever asks closes it. */
    static LocalStack another(String name) {
        return another(name, NO_LIMITS);
    }

    /** The same with these settings. */
    static LocalStack another(String name, Map<String, String> settings) {
        return in(emptyFolder(name), settings);
    }

    /** The same with its data in this folder. */
    static LocalStack in(Path data, Map<String, String> settings) {
        LocalStack another = LocalStack.of(
                        Installation.fromSystemProperties(), LocalPorts.free(), data, settings, Progress.to(System.out))
                .start();
        // Its greeting is refused and counted; later it would be taken for a test's own.
        another.awaitWarm();
        return another;
    }

    /**
     * A server of its own, with these settings, on the services of another stack; whoever asks starts and closes it.
     */
    public static LocalStack beside(LocalStack other, String name, Map<String, String> settings) {
        LocalPorts ports = LocalPorts.free();
        Map<String, String> given = new HashMap<>(Map.of(
                "AUTH_AUTHORITY",
                "http://localhost:" + other.ports().entra() + "/" + Person.VIC.tenant,
                "FOUNDRY_PROJECT_ENDPOINT",
                "http://localhost:" + other.ports().foundry() + "/api/projects/orders",
                "IDENTITY_MAC_KEY",
                other.secrets().identityMacKey(),
                "AUDIT_SIGNING_KEY",
                other.secrets().auditSigningKey(),
                "DB_URL",
                other.database().jdbcUrl(),
                "DB_USER",
                LocalDatabase.APPLICATION_USER,
                "DB_PASSWORD",
                "not-checked-here",
                "DB_MIGRATION_USER",
                LocalDatabase.MIGRATION_USER,
                "DB_MIGRATION_PASSWORD",
                "not-checked-here"));
        given.putAll(settings);
        return LocalStack.of(
                Installation.fromSystemProperties(), ports, emptyFolder(name), given, Progress.to(System.out));
    }

    /** A folder below the build's output that did not exist before. */
    public static Path emptyFolder(String name) {
        try {
            Path output = Path.of(System.getProperty("throughline.output"), "e2e");
            return Files.createTempDirectory(Files.createDirectories(output), name + "-");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
