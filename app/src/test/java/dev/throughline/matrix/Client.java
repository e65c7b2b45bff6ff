package dev.throughline.matrix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Knocks at the doors of one server. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** Knocks at several doors at once. */
    Map<Door, Answer> knock(Set<Door> doors, Presentation presented) {
        Map<Door, CompletableFuture<Answer>> under = new EnumMap<>(Door.class);
        doors.forEach(door -> under.put(door, begin(door, presented)));
        Map<Door, Answer> answers = new EnumMap<>(Door.class);
        under.forEach((door, answer) -> answers.put(door, answer.join()));
        return answers;
    }

    Answer knock(Door door, Presentation presented) {
        return begin(door, presented).join();
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path))).join();
    }

    /** Sends bytes as they stand, to which {@code Connection: close} is added, and answers all that comes back. */
    Answer write(String head, String body) {
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream()
                        .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().transferTo(all);
            } catch (java.net.SocketException reset) {
                // A server may hang up on what it dislikes while it is still being sent; what it said before counts.
            }
            return Answer.of(all.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Answer> begin(Door door, Presentation presented) {
        String query = door.query.isEmpty() || presented.query().isEmpty()
                ? door.query + presented.query()
                : door.query + "&" + presented.query();
        String target = query.isEmpty() ? door.path : door.path + "?" + query;
        String body = presented.body().isEmpty() ? door.body : presented.body();
        return presented.raw()
                ? CompletableFuture.supplyAsync(() -> write(head(door, target, body, presented), body))
                : send(request(door, target, body, presented));
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    private HttpRequest.Builder request(Door door, String target, String body, Presentation presented) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .method(door.method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        door.headers().forEach(request::header);
        for (String line : presented.lines()) {
            int colon = line.indexOf(':');
            request.header(line.substring(0, colon), line.substring(colon + 1).stripLeading());
        }
        return request;
    }

    private String head(Door door, String target, String body, Presentation presented) {
        StringBuilder head =
                new StringBuilder(door.method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
        door.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        presented.lines().forEach(line -> head.append(line).append("\r\n"));
        return head.toString();
    }

    int port() {
        return port;
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
