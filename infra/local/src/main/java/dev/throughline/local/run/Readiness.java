package dev.throughline.local.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits for a server to say that it is ready. */
final class Readiness {
    /** How the product begins the one sentence about what keeps it from starting. */
    private static final String REFUSAL = "Throughline cannot start:";

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Readiness() {}

    static void await(URI ready, Duration within, LibertyServer server) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        long deadline = System.nanoTime() + within.toNanos();
        while (!isReady(http, ready)) {
            if (!server.alive()) {
                throw new StartFailedException("Open Liberty stopped while starting: " + cause(server));
            }
            if (refusal(console(server)).isPresent() || says(server, "CWWKZ0002E")) {
                throw new StartFailedException(cause(server));
            }
            if (System.nanoTime() > deadline) {
                throw new StartFailedException(
                        "Open Liberty was not ready within " + within.toSeconds() + " s: " + cause(server));
            }
            pause();
        }
    }

    private static boolean isReady(HttpClient http, URI ready) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while waiting for Open Liberty.");
        }
    }

    private static boolean says(LibertyServer server, String text) {
        return console(server).stream().anyMatch(line -> line.contains(text));
    }

    /** The product's own sentence if there is one, else the first error; and where to read on. */
    private static String cause(LibertyServer server) {
        List<String> console = console(server);
        return refusal(console)
                .or(() ->
                        console.stream().filter(line -> line.contains("[ERROR")).findFirst())
                .map(reason -> reason.strip() + " (log: " + server.console() + ")")
                .orElse("see " + server.console() + ".");
    }

    /** The server also reports the sentence as an incident, in the middle of a line. */
    private static Optional<String> refusal(List<String> console) {
        return console.stream()
                .filter(line -> line.contains(REFUSAL) && !line.contains("FFDC"))
                .map(line -> line.substring(line.indexOf(REFUSAL) + REFUSAL.length()))
                .findFirst();
    }

    private static List<String> console(LibertyServer server) {
        try {
            return Files.readAllLines(server.console());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
