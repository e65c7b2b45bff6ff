package dev.throughline.in.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a key set over HTTP: no redirect is followed, and neither a slow nor an endless answer is waited for. */
final class HttpKeySource implements KeySource {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration WHOLE = Duration.ofMillis(1500);
    private static final int MOST_BYTES = 50 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .build();
    private final HttpRequest request;

    HttpKeySource(URI address) {
        this.request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .timeout(WHOLE)
                .build();
    }

    @Override
    public byte[] fetch() throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, info -> new BoundedBody(info.statusCode() == 200 ? MOST_BYTES : 0));
        try {
            HttpResponse<byte[]> response = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("the answer is " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("there is no whole answer in time", e);
        } finally {
            answer.cancel(true);
        }
    }
}
