package dev.throughline.local.run;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.postgres.CannotStartException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The run command: starts everything, prints the address to open, and stops everything when it is told to. */
public final class Launcher {
    private static final Logger QUIET = Logger.getLogger("io.zonky");

    private final Progress progress = Progress.to(System.out);
    private final Map<String, String> given = new TreeMap<>(System.getenv());
    private volatile LocalStack stack;
    private volatile boolean stopping;

    private Launcher() {}

    /** Runs until the process is told to end, or the server ends by itself. */
    public static void main(String[] arguments) throws InterruptedException {
        // The embedded database's launcher tells what people need not know.
        QUIET.setLevel(Level.WARNING);
        System.exit(new Launcher().run());
    }

    private int run() throws InterruptedException {
        try {
            Preloaded.classes();
            return runUntilTold();
        } catch (StartFailedException | CannotStartException | UncheckedIOException e) {
            if (!stopping) {
                progress.say("Throughline does not start: " + e.getMessage());
            }
            return 1;
        }
    }

    private int runUntilTold() throws InterruptedException {
        long begin = System.nanoTime();
        LocalPorts ports = ports();
        Path dataDir = Path.of(given.getOrDefault("LOCAL_DATA_DIR", System.getProperty("throughline.data", ".local")))
                .toAbsolutePath();
        RunLock lock = RunLock.take(dataDir, ports.web());
        try {
            progress.say("Throughline is starting; its data is in " + dataDir + ".");
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            LeftoverServer.stop(dataDir, progress);
            BusyPorts.check(ports, given, dataDir);
            LocalStack running = LocalStack.of(Installation.fromSystemProperties(), ports, dataDir, given, progress);
            stack = running;
            running.start();
            progress.say("Started in %.1f s. Open %s%s. Ctrl-C stops everything."
                    .formatted((System.nanoTime() - begin) / 1e9, running.web(), signIn()));
            return awaitEnd(running);
        } finally {
            lock.close();
        }
    }

    private String signIn() {
        if ("false".equals(given.get("AUTH_REQUIRED"))) {
            return "; AUTHENTICATION IS OFF, nobody needs to sign in";
        }
        return given.containsKey("AUTH_AUTHORITY") ? " and sign in" : " and sign in as Vic or Ana";
    }

    private int awaitEnd(LocalStack running) throws InterruptedException {
        try {
            running.server().handle().onExit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (!stopping) {
            progress.say("The server ended by itself; see " + running.server().console() + ".");
        }
        return stopping ? 0 : 1;
    }

    private void stop() {
        stopping = true;
        if (stack != null) {
            progress.say("Stopping.");
            stack.close();
            progress.say("Stopped.");
        }
    }

    private LocalPorts ports() {
        LocalPorts fixed = LocalPorts.defaults();
        return new LocalPorts(
                port("HTTP_PORT", fixed.web()),
                port("HTTPS_PORT", fixed.webTls()),
                port("ENTRA_PORT", fixed.entra()),
                port("FOUNDRY_PORT", fixed.foundry()),
                port("HOSTED_AGENT_PORT", fixed.hosted()),
                port("DB_PORT", fixed.postgres()));
    }

    private int port(String variable, int otherwise) {
        String value = given.get(variable);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new StartFailedException(variable + " must be a port number from 1 to 65535.");
        }
        return Integer.parseInt(value);
    }
}
