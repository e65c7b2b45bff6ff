package dev.throughline.local.run;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.postgres.CannotStartException;
import java.nio.channels.FileLock;
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
        long begin = System.nanoTime();
        LocalPorts ports = ports();
        Path dataDir = Path.of(given.getOrDefault("LOCAL_DATA_DIR", System.getProperty("throughline.data", ".local")))
                .toAbsolutePath();
        try {
            Preloaded.classes();
            FileLock lock = RunLock.take(dataDir, ports.web());
            progress.say("Throughline is starting; its data is in " + dataDir + ".");
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            LeftoverServer.stop(dataDir, progress);
            BusyPorts.check(ports, given, dataDir);
            LocalStack running = LocalStack.of(Installation.fromSystemProperties(), ports, dataDir, given, progress);
            stack = running;
            running.start();
            progress.say("Started in %.1f s. Open %s and sign in as Vic or Ana. Ctrl-C stops everything."
                    .formatted((System.nanoTime() - begin) / 1e9, running.web()));
            int code = awaitEnd(running);
            lock.channel().close();
            return code;
        } catch (StartFailedException | CannotStartException e) {
            if (!stopping) {
                progress.say("Throughline does not start: " + e.getMessage());
            }
            return 1;
        } catch (java.io.IOException e) {
            return 1;
        }
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
                port("FOUNDRY_HOSTED_PORT", fixed.hosted()),
                port("DB_PORT", fixed.postgres()));
    }

    private int port(String variable, int otherwise) {
        String value = given.get(variable);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            progress.say("Throughline does not start: " + variable + " must be a port number.");
            System.exit(1);
            return otherwise;
        }
    }
}
