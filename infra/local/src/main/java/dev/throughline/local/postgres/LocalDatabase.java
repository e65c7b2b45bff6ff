package dev.throughline.local.postgres;

import dev.throughline.local.LocalSecrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running PostgreSQL with the product's database and roles in it. */
public final class LocalDatabase implements AutoCloseable {
    /** Owns the tables; nobody logs in as it. */
    public static final String OWNER = "throughline_owner";

    /** Becomes the owner to migrate the tables. */
    public static final String MIGRATION_USER = "throughline_migrate";

    /** What the server connects as: owns nothing. */
    public static final String APPLICATION_USER = "throughline_app";

    private static final String DATABASE = "throughline";

    private static final int END_SECONDS = 30;

    private final EmbeddedPostgres postgres;
    private final Path data;

    private LocalDatabase(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    /**
     * Starts PostgreSQL on that port, taking over what an earlier run may have left running on the same data.
     *
     * @param dataDir everything lies below it
     * @throws CannotStartException if this machine does not let it start; the message says what to do
     */
    public static LocalDatabase start(int port, LocalSecrets secrets, Path dataDir) {
        UserNamespaces.require();
        try {
            Path binaries = Files.createDirectories(dataDir.resolve("postgres-bin"));
            Path data = dataDir.resolve("postgres");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // The library's own defaults are for throw-away tests and lose acknowledged writes.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", "UTC")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return withRoles(new LocalDatabase(postgres, data), secrets);
        } catch (IOException | SQLException e) {
            throw new CannotStartException("PostgreSQL does not start from " + dataDir + ": " + e.getMessage(), e);
        }
    }

    private static LocalDatabase withRoles(LocalDatabase database, LocalSecrets secrets) throws SQLException {
        try {
            database.createRoles(secrets);
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    /** The JDBC address of the product's database. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + DATABASE;
    }

    /** A connection as the superuser, for tests that look at or break things from outside the product. */
    public Connection superuser() throws SQLException {
        return postgres.getDatabase("postgres", DATABASE).getConnection();
    }

    /**
     * Puts the sample orders on the desk, unless an order was ever placed there.
     *
     * @throws SQLException if the server has not made the tables yet
     */
    public void loadSamples() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table orders in exclusive mode");
            if (neverUsed(statement)) {
                statement.execute(resource("sample-orders.sql"));
            }
            connection.commit();
        }
    }

    private static boolean neverUsed(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "select not exists (select 1 from orders)" + " and not (select is_called from " + sequence() + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static String sequence() {
        return "orders_number_seq";
    }

    private void createRoles(LocalSecrets secrets) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            createRole(statement, OWNER, "nologin");
            createRole(statement, MIGRATION_USER, "login password '" + secrets.migrationPassword() + "'");
            createRole(statement, APPLICATION_USER, "login password '" + secrets.databasePassword() + "'");
            statement.execute("grant " + OWNER + " to " + MIGRATION_USER);
            if (!exists(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                statement.execute("create database " + DATABASE + " owner " + OWNER);
            }
        }
        handOver();
    }

    /** In the data of an earlier version, everything belonged to the login that migrates. */
    private void handOver() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("reassign owned by " + MIGRATION_USER + " to " + OWNER);
        }
    }

    private static void createRole(Statement statement, String role, String properties) throws SQLException {
        String verb = exists(statement, "select 1 from pg_roles where rolname = '" + role + "'") ? "alter" : "create";
        statement.execute(verb + " role " + role + " nosuperuser nobypassrls " + properties);
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String resource(String name) {
        try (InputStream in = LocalDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends all its processes at once, as a crash would, and returns when they and the memory that they shared are gone.
     * What was only on its way to the disk's files is left to recovery.
     */
    public void kill() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(LocalDatabase::awaitEnd);
        close();
    }

    /** Has all its processes stand still: whoever connects is let in by the machine, and nobody answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Has them go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes().forEach(process -> command.add(String.valueOf(process.pid())));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("PostgreSQL does not take the signal " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<ProcessHandle> processes() {
        ProcessHandle postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
    }

    /** Whether its first process runs; it ends when it cannot recover by itself. */
    public boolean alive() {
        try {
            return postmaster().isAlive();
        } catch (IllegalStateException ended) {
            return false;
        }
    }

    private ProcessHandle postmaster() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst()
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of)
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not run", e);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Process " + process.pid() + " does not end", e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
