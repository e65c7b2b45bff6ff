package dev.throughline.out.entra;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.throughline.out.http.Deadline;
import dev.throughline.out.http.Outbound;
import dev.throughline.out.http.Reply;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Asks the host of this machine for tokens within the bounds of all our calls. The library has its own client, which
 * follows redirects and bounds nothing.
 */
final class IdentityHttp implements IHttpClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_REPLY = 64 * 1024;

    private final JsonReaderFactory json = Json.createReaderFactory(Map.of());
    private final Outbound outbound = new Outbound(Duration.ofSeconds(2));

    /** The host knows no such identity, or does not let us have it. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(int status) {
            super("status " + status);
        }
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE);
        try (Reply reply = outbound.send(ours(request), deadline)) {
            int status = reply.status();
            if (status == 400 || status == 401 || status == 403) {
                throw new RefusedException(status);
            }
            byte[] body = reply.body(LONGEST_REPLY, deadline);
            if (status != 200 || !holdsToken(body)) {
                throw new IOException("No token in a reply of status " + status);
            }
            return new HttpResponse().statusCode(status).body(new String(body, StandardCharsets.UTF_8));
        }
    }

    /** The library is shown nothing else: over what it cannot read it logs it all, secrets included. */
    private boolean holdsToken(byte[] body) {
        try (JsonReader reader = json.createReader(new ByteArrayInputStream(body))) {
            JsonObject reply = reader.readObject();
            return !reply.getString("access_token", "").isEmpty() && reply.containsKey("expires_on");
        } catch (JsonException | IllegalStateException unreadable) {
            return false;
        }
    }

    /** What to tell of a failure: the library wraps what it is thrown, and its own texts can hold replies. */
    static Exception told(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException) {
                return new UnusableCredentialException(
                        "is a managed identity that this machine may not have: " + cause.getMessage());
            }
        }
        return new IOException(
                "No token of the managed identity: " + failure.getClass().getSimpleName());
    }

    private static java.net.http.HttpRequest ours(HttpRequest request) {
        java.net.http.HttpRequest.Builder ours =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url().toString()));
        request.headers().forEach(ours::header);
        return ours.method(request.httpMethod().name(), BodyPublishers.noBody()).build();
    }
}
