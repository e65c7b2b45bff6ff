package dev.throughline.local.model;

import dev.throughline.local.responses.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP side of a model: one request, one bounded answer in bounded time. */
final class ChatCompletions {

    private static final int LONGEST_ANSWER = 1 << 20;

    private final ModelSettings settings;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ChatCompletions(ModelSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
    }

    /** The model's message. */
    JsonNode ask(ObjectNode body) throws ModelException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)));
        if (!settings.key().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return message(send(request.build()));
    }

    /** The timeout of a request ends with its headers, so the body has a deadline of its own. */
    private byte[] send(HttpRequest request) throws ModelException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, info -> new BoundedBody(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw ModelException.unavailable("The model answers with HTTP " + response.statusCode() + ".");
            }
            return response.body();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ModelException.unavailable("The model does not answer in time.");
        } catch (ExecutionException e) {
            throw ModelException.unavailable(
                    e.getCause() instanceof BoundedBody.TooLong
                            ? "The model's answer is too long."
                            : "The model does not answer.");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ModelException.unavailable("The run was ended.");
        }
    }

    private static JsonNode message(byte[] body) throws ModelException {
        try {
            JsonNode message = Json.MAPPER.readTree(body).at("/choices/0/message");
            if (message.isObject()) {
                return message;
            }
        } catch (JacksonException e) {
            throw ModelException.nonsense("The model's answer is not JSON.");
        }
        throw ModelException.nonsense("The model's answer has no message.");
    }
}
