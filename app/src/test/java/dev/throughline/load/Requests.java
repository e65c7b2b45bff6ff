package dev.throughline.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The same small request, again and again: one order by its id. */
final class Requests {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI order;

    Requests(URI web) {
        this.order = web.resolve("/api/v1/orders/ORD-001");
    }

    /** Asks and demands this status; without a token if there is none. */
    void ask(Optional<String> token, int expected) {
        HttpRequest.Builder request = HttpRequest.newBuilder(order).timeout(Duration.ofSeconds(30));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != expected) {
                throw new IllegalStateException("Expected " + expected + " and got " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
