package dev.throughline.e2e;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LibertyServer;
import dev.throughline.local.run.LocalEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server that is told to start with settings that it refuses. Nothing else runs for it. */
final class RefusedStart implements AutoCloseable {
    private static final String REFUSAL = "Throughline cannot start:";
    /** What Liberty says when it has started; on a busy machine that is before it has tried the application. */
    private static final String STARTED = "CWWKF0011I";

    /** What it says of an application that was started, and of one that was not. */
    private static final List<String> TRIED = List.of("CWWKZ0001I", "CWWKZ0012I");

    private static final int PATIENCE_MILLIS = 90_000;

    private final LocalPorts ports = LocalPorts.free();
    private final LibertyServer server;

    /**
     * @param data where the server lies; a second start in the same folder is faster
     * @param change what is wrong, as a change of the local settings
     */
    RefusedStart(Path data, Consumer<Map<String, String>> change) {
        Installation installation = Installation.fromSystemProperties();
        Map<String, String> settings = new HashMap<>(LocalEnvironment.of(
                ports,
                LocalSecrets.loadOrCreate(data),
                installation.config(),
                data,
                Optional.of(Running.stack().database())));
        settings.put("IDENTITY_MAC_KEY", Running.stack().secrets().identityMacKey());
        settings.put("AUDIT_SIGNING_KEY", Running.stack().secrets().auditSigningKey());
        change.accept(settings);
        server = LibertyServer.start(installation, settings, data);
    }

    /** The sentences in which it says what is wrong, once the server has tried to start the application. */
    List<String> sentences() {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (!said(STARTED) || TRIED.stream().noneMatch(this::said)) {
            if (!server.alive() || System.nanoTime() > until) {
                throw new AssertionError("The server did not start: " + console());
            }
            pause();
        }
        // The incident that the server makes of it repeats the sentence in the middle of a line.
        return console().stream()
                .filter(line -> line.contains(REFUSAL) && !line.contains("FFDC") && !line.contains("CWWK"))
                .map(line -> line.substring(line.indexOf(REFUSAL)))
                .distinct()
                .toList();
    }

    private boolean said(String code) {
        return console().stream().anyMatch(line -> line.contains(code));
    }

    private List<String> console() {
        try {
            return Files.readAllLines(server.console());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers at one of its addresses. */
    int status(String path) {
        return Http.get(URI.create("http://localhost:" + ports.web() + path)).statusCode();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
