package dev.throughline.local.run;

import dev.throughline.local.HttpServerSettings;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.foundry.FoundryStandIn;
import dev.throughline.local.postgres.LocalDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs on one machine: PostgreSQL, the Entra and Foundry stand-ins, and the server that uses them. What
 * the environment already names (a database, an authority, a project) is used instead of its stand-in.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final Installation installation;
    private final LocalPorts ports;
    private final LocalSecrets secrets;
    private final Path dataDir;
    private final Map<String, String> given;
    private final Progress progress;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private @Nullable LocalDatabase database;
    private @Nullable EntraStandIn entra;
    private @Nullable FoundryStandIn foundry;
    private @Nullable LibertyServer server;
    private @Nullable Thread warmUp;
    private boolean closed;

    private LocalStack(
            Installation installation, LocalPorts ports, Path dataDir, Map<String, String> given, Progress progress) {
        this.installation = installation;
        this.ports = ports;
        this.secrets = LocalSecrets.loadOrCreate(dataDir);
        this.dataDir = dataDir;
        this.given = given;
        this.progress = progress;
    }

    /**
     * A stack that has not been started.
     *
     * @param dataDir holds the data, the secrets and the logs; what it holds already is used
     * @param given settings of the server that win over the local defaults
     */
    public static LocalStack of(
            Installation installation, LocalPorts ports, Path dataDir, Map<String, String> given, Progress progress) {
        return new LocalStack(installation, ports, dataDir.toAbsolutePath(), Map.copyOf(given), progress);
    }

    /**
     * Starts everything and returns when the server is ready.
     *
     * @throws StartFailedException if something does not start; what was started is stopped again
     */
    public LocalStack start() {
        try {
            startAll();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAll() {
        HttpServerSettings.apply();
        if (!given.containsKey("DB_URL")) {
            database = step(
                    "PostgreSQL on port " + ports.postgres(),
                    () -> LocalDatabase.start(ports.postgres(), secrets, dataDir));
        }
        startServer();
        if (!given.containsKey("AUTH_AUTHORITY")) {
            entra = step("Entra stand-in on port " + ports.entra(), () -> EntraStandIn.start(ports, secrets, dataDir));
        }
        if (!given.containsKey("FOUNDRY_PROJECT_ENDPOINT")) {
            foundry = step(
                    "Foundry stand-in on port " + ports.foundry() + ", its hosted agent on port " + ports.hosted(),
                    this::startFoundry);
        }
        awaitReady();
        loadSamples();
        if (foundry != null) {
            warmUp = new Thread(foundry::warmUp, "warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
    }

    private FoundryStandIn startFoundry() {
        try {
            return FoundryStandIn.start(ports, secrets, dataDir, given);
        } catch (IllegalArgumentException e) {
            throw new StartFailedException(e.getMessage());
        }
    }

    private <T extends AutoCloseable> T step(String what, Supplier<T> start) {
        return progress.during(what, () -> keep(start));
    }

    /** Under the same lock as closing: a run that is told to end while it starts leaves nothing behind. */
    private synchronized <T extends AutoCloseable> T keep(Supplier<T> start) {
        if (closed) {
            throw new StartFailedException("It was told to stop.");
        }
        T part = start.get();
        started.push(part);
        return part;
    }

    /** Starts the server again, after it was stopped or killed. */
    public void startServer() {
        server = keep(() -> LibertyServer.start(installation, environment(), dataDir));
        LeftoverServer.remember(dataDir, server.handle());
    }

    /**
     * Starts another server beside the first, on the same database and stand-ins, and returns when it is ready. It ends
     * with this stack.
     *
     * @param beside where it listens; only the web's ports count
     * @param data its working files and logs
     * @param settings those in which it differs
     * @throws StartFailedException if it does not start
     */
    public LibertyServer startBeside(LocalPorts beside, Path data, Map<String, String> settings) {
        Map<String, String> environment = environment();
        String web = String.valueOf(beside.web());
        environment.putAll(Map.of(
                "HTTP_PORT",
                web,
                "HTTPS_PORT",
                String.valueOf(beside.webTls()),
                "PUBLIC_URL",
                "http://localhost:" + web));
        environment.putAll(settings);
        LibertyServer other = keep(() -> LibertyServer.start(installation, environment, data.toAbsolutePath()));
        Readiness.await(URI.create("http://localhost:" + web + "/health/ready"), READY_WITHIN, other);
        return other;
    }

    /** Waits until the server says that it is ready. */
    public void awaitReady() {
        LibertyServer process = server();
        URI ready = web().resolve("/health/ready");
        progress.during("Open Liberty on port " + ports.web(), () -> {
            Readiness.await(ready, READY_WITHIN, process);
            return process;
        });
    }

    /** Waits until the Foundry stand-in has greeted the server, for whoever counts what the server is asked. */
    public void awaitWarm() {
        try {
            if (warmUp != null) {
                warmUp.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loadSamples() {
        if (database != null) {
            try {
                database.loadSamples();
            } catch (SQLException e) {
                throw new StartFailedException("The sample orders could not be loaded: " + e.getMessage());
            }
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(
                LocalEnvironment.of(ports, secrets, installation.config(), dataDir, Optional.ofNullable(database)));
        environment.putAll(given);
        return environment;
    }

    /** The address that people open, with a slash at its end. */
    public URI web() {
        return URI.create("http://localhost:" + ports.web() + "/");
    }

    /** Where everything listens. */
    public LocalPorts ports() {
        return ports;
    }

    /** What this stack's services have in common and nobody else knows. */
    public LocalSecrets secrets() {
        return secrets;
    }

    /** The database that this stack runs. */
    public LocalDatabase database() {
        return running(database, "database");
    }

    /** The Entra stand-in that this stack runs. */
    public EntraStandIn entra() {
        return running(entra, "Entra stand-in");
    }

    /** The Foundry stand-in that this stack runs. */
    public FoundryStandIn foundry() {
        return running(foundry, "Foundry stand-in");
    }

    /** The server's process. */
    public LibertyServer server() {
        return running(server, "server");
    }

    /** Replaces the database that was closed by one on the same data, as after a crash. */
    public void restartDatabase() {
        database = keep(() -> LocalDatabase.start(ports.postgres(), secrets, dataDir));
    }

    /** Replaces the Foundry stand-in that was closed. */
    public void restartFoundry() {
        foundry = keep(this::startFoundry);
    }

    /** Replaces the Entra stand-in that was closed. */
    public void restartEntra() {
        entra = keep(() -> EntraStandIn.start(ports, secrets, dataDir));
    }

    private static <T> T running(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("This stack does not run a " + name);
        }
        return part;
    }

    /** Stops everything, the server first. */
    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
        while (!started.isEmpty()) {
            closeQuietly(started.pop());
        }
        LeftoverServer.forget(dataDir);
    }

    private void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            progress.say("Could not stop " + part.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
