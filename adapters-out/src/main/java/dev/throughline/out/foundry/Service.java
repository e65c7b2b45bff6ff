package dev.throughline.out.foundry;

import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.out.http.Deadline;
import dev.throughline.out.http.Outbound;
import dev.throughline.out.http.Reply;
import dev.throughline.out.http.RetryAfter;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sends requests to the service for a person. The person's token is in the one header that is for it and nowhere else.
 * No request is repeated.
 */
final class Service {
    private static final System.Logger LOG = System.getLogger(Service.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ERROR = 64 * 1024;
    /** As a bearer token is spelled (RFC 6750). The client would put any other into the message of an exception. */
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** A response tells what its events told, all at once. */
    static final int LONGEST_BODY = 2 * 1024 * 1024;

    private final Outbound outbound = new Outbound(CONNECT_TIMEOUT);
    private final FoundryJson json;

    Service(FoundryJson json) {
        this.json = json;
    }

    /** Posts a body; the reply must be closed. */
    Reply post(URI address, String body, DelegatedToken token, Deadline deadline)
            throws RunFailedException, IOException, InterruptedException {
        return send("POST", address, BodyPublishers.ofString(body), token, deadline);
    }

    /**
     * Gets or deletes what the service has kept.
     *
     * @return what it says; empty if it has no such thing (any more)
     */
    Optional<JsonObject> kept(String method, URI address, DelegatedToken token, Deadline deadline)
            throws RunFailedException, IOException, InterruptedException {
        try (Reply reply = send(method, address, BodyPublishers.noBody(), token, deadline)) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            if (reply.status() == 204) {
                return Optional.of(JsonValue.EMPTY_JSON_OBJECT);
            }
            if (reply.status() != 200) {
                throw refused(reply, true, deadline);
            }
            return Optional.of(json.object(reply.body(LONGEST_BODY, deadline)));
        }
    }

    private Reply send(String method, URI address, BodyPublisher body, DelegatedToken token, Deadline deadline)
            throws RunFailedException, IOException, InterruptedException {
        if (!BEARER.matcher(token.token()).matches()) {
            LOG.log(System.Logger.Level.WARNING, "The delegated token is not spelled as a bearer token");
            throw new RunFailedException(RunFailure.AGENT_MISCONFIGURED);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, body).header("Authorization", "Bearer " + token.token());
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        return outbound.send(
                request.header("Accept", "text/event-stream, application/json").build(), deadline);
    }

    /**
     * Logs why the service refused.
     *
     * @param continuing whether the request named something that the service should have kept
     */
    RunFailedException refused(Reply reply, boolean continuing, Deadline deadline)
            throws IOException, InterruptedException {
        FoundryError error = FoundryError.in(json.object(reply.body(LONGEST_ERROR, deadline)));
        RunFailure failure =
                asksForClaims(reply) ? RunFailure.STEP_UP_NEEDED : error.failure(reply.status(), continuing);
        LOG.log(
                System.Logger.Level.WARNING,
                "The agent service refused a request: {0}, HTTP {1}, code {2}, request id {3}, retry after {4}",
                failure,
                String.valueOf(reply.status()),
                error.loggableCode(),
                loggable(reply, "x-request-id"),
                loggable(reply, "Retry-After"));
        return new RunFailedException(failure, retryAfter(reply, failure));
    }

    /** The tenant wants more of the person than the token shows. */
    private static boolean asksForClaims(Reply reply) {
        return reply.status() == 401
                && reply.header("WWW-Authenticate").orElse("").contains("insufficient_claims");
    }

    private static Optional<Duration> retryAfter(Reply reply, RunFailure failure) {
        return failure == RunFailure.AGENT_UNAVAILABLE
                ? reply.header("Retry-After").flatMap(told -> RetryAfter.read(told, Instant.now()))
                : Optional.empty();
    }

    private static String loggable(Reply reply, String header) {
        return reply.header(header).map(FoundryError::loggable).orElse("");
    }
}
