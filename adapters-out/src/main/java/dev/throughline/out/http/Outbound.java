package dev.throughline.out.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests that carry a token or a secret. It follows no redirect, since that would carry them elsewhere, and
 * speaks HTTP/1.1, where closing a reply ends the call upstream.
 */
public final class Outbound {
    private final HttpClient client;

    /** @param connectTimeout how long a connection may take */
    public Outbound(Duration connectTimeout) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    /**
     * Sends a request and returns when the reply begins; its body is read from the reply, which must be closed.
     *
     * @throws HttpTimeoutException if there is no reply in time; the call is ended upstream
     */
    public Reply send(HttpRequest request, Deadline deadline) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<BodyQueue>> exchange = client.sendAsync(request, head -> new BodyQueue());
        try {
            return new Reply(exchange.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            abandon(exchange);
            throw new HttpTimeoutException("No reply in time");
        } catch (InterruptedException e) {
            abandon(exchange);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Ends an exchange whose reply nobody waits for, even if it has begun in this instant. */
    private static void abandon(CompletableFuture<HttpResponse<BodyQueue>> exchange) {
        if (!exchange.cancel(true)) {
            exchange.thenAccept(reply -> reply.body().cancel());
        }
    }
}
