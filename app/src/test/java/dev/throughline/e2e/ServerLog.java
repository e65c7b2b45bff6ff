package dev.throughline.e2e;

import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server wrote to its logs, of which callers see nothing. */
final class ServerLog {
    private static final Pattern EVENT =
            Pattern.compile("^\\[[^]]+] \\w{8} dev\\.throughline\\.(?:authn|authz|edge|alert) +[IW] (.*)$");
    private static final int PATIENCE_MILLIS = 5_000;

    private final LocalStack stack;

    ServerLog(LocalStack stack) {
        this.stack = stack;
    }

    /** Why the gate refused a request: {@code reason adapter}; waits until it is written. */
    String rejection(String correlationId) {
        return reason("authn_reject", correlationId);
    }

    /** Why the edge did not look at a request: {@code reason adapter}; waits until it is written. */
    String edgeRejection(String correlationId) {
        return reason("edge_reject", correlationId);
    }

    private String reason(String name, String correlationId) {
        return await(() -> eventsOf(correlationId)
                .filter(event -> event.text("event").equals(name))
                .map(event -> event.text("reason") + " " + event.text("adapter"))
                .collect(Collectors.joining()));
    }

    /** The lines that hold a text, as they are now. */
    List<String> linesWith(String text) {
        return messages().lines().filter(line -> line.contains(text)).toList();
    }

    /** The one event about a request; waits until it is written. */
    Json event(String correlationId) {
        return Json.of(await(() -> eventsOf(correlationId).map(Json::toString).collect(Collectors.joining("\n"))));
    }

    /** The events about a request that are written already. */
    Stream<Json> eventsOf(String correlationId) {
        return events(messages().lines().filter(line -> line.contains(correlationId)));
    }

    /**
     * Everything that the log has under the names of security events.
     *
     * @throws RuntimeException if any of it is not JSON
     */
    List<Json> events() {
        return events(messages().lines()).toList();
    }

    private static Stream<Json> events(Stream<String> lines) {
        return lines.map(EVENT::matcher).filter(Matcher::find).map(line -> Json.of(line.group(1)));
    }

    /** The lines that mention a request; waits for the first. */
    String linesOf(String correlationId) {
        return await(() ->
                messages().lines().filter(line -> line.contains(correlationId)).collect(Collectors.joining("\n")));
    }

    /** Every file that the server or the launcher wrote to as a log, whole. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile).map(ServerLog::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String messages() {
        String written = read(folder().resolve("messages.log"));
        return written.substring(0, written.lastIndexOf('\n') + 1);
    }

    private Path folder() {
        return stack.server().console().getParent();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String await(java.util.function.Supplier<String> read) {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        String found = read.get();
        while (found.isEmpty() && System.nanoTime() < until) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = read.get();
        }
        return found;
    }
}
