package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import dev.throughline.local.responses.ServerSentEvents;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way to a hosted agent's program. What goes there is put together here from nothing, so that no header of the
 * client, and least of all its token, gets there by accident.
 */
final class HostedEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int LONGEST_ANSWER = 8 << 20;

    private final URI address;
    private final UserPartitions partitions;

    HostedEndpoint(URI address, UserPartitions partitions) {
        this.address = address;
        this.partitions = partitions;
    }

    /** The program's finished response. */
    ObjectNode answer(ProjectUser user, ObjectNode body, Map<String, String> passedOn) throws IOException {
        try (InputStream in = send(user, body, passedOn)) {
            return Json.parseObject(in.readNBytes(LONGEST_ANSWER));
        }
    }

    /** The program's events, each as it comes. */
    void stream(ProjectUser user, ObjectNode body, Map<String, String> passedOn, ResponseWriter.Events events)
            throws IOException {
        try (InputStream in = send(user, body, passedOn)) {
            ServerSentEvents.read(in, events);
        }
    }

    private InputStream send(ProjectUser user, ObjectNode body, Map<String, String> passedOn) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("x-agent-user-id", partitions.of(user))
                .header("x-agent-foundry-call-id", Ids.random("fcall"))
                .header("x-request-id", Ids.random("req"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)));
        passedOn.forEach(request::header);
        HttpResponse<InputStream> response = sent(request.build());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream in = response.body()) {
            throw refusal(response.statusCode(), in.readNBytes(LONGEST_ANSWER));
        }
    }

    private static HttpResponse<InputStream> sent(HttpRequest request) throws IOException {
        try {
            return SharedHttpClient.shared().send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw ApiError.of(424, "session_not_ready", "The session is not ready: its container does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the hosted agent worked", e);
        }
    }

    private static ApiError refusal(int status, byte[] body) {
        JsonNode error = Json.parseObject(body).path("error");
        return status == 400
                ? ApiError.invalid(Json.text(error, "message"), Json.text(error, "param"))
                : ApiError.of(status, Json.text(error, "code"), Json.text(error, "message"));
    }
}
