package dev.throughline.local.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Waits for a server to say that it is ready. */
final class Readiness {
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
            if (says(server, "CWWKZ0002E")) {
                throw new StartFailedException("The product does not start on Open Liberty: " + cause(server));
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
        try {
            return Files.readString(server.console()).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** The product's own sentence if there is one, else the first error, else where to read on. */
    private static String cause(LibertyServer server) {
        try {
            List<String> lines = Files.readAllLines(server.console());
            return first(lines, line -> line.contains("Throughline cannot start:"))
                    + first(lines, line -> line.contains("[ERROR"))
                    + " (log: " + server.console() + ")";
        } catch (IOException e) {
            return "log: " + server.console();
        }
    }

    private static String first(List<String> lines, Predicate<String> wanted) {
        return lines.stream().filter(wanted).findFirst().map(line -> line + " ").orElse("");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
