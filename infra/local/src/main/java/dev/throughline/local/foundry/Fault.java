package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import java.time.Duration;
import java.util.Map;

/**
 * A failure of the service, for a test to order. What concerns the event stream is, for an answer in one piece, the
 * nearest thing there is. Faults of tool calls do not concern hosted agents, whose calls their client makes.
 */
public sealed interface Fault {

    /** None: for a run that is to go well between others. */
    Fault NOTHING = new Slow(Duration.ZERO);

    /**
     * The run is refused.
     *
     * @param status an HTTP status of 500 or more
     */
    record Refused(int status) implements Fault {}

    /**
     * The run is refused with an error of its own.
     *
     * @param status the HTTP status
     * @param code the error's code
     * @param message the error's message
     * @param headers more headers of the answer
     */
    record Refusal(int status, String code, String message, Map<String, String> headers) implements Fault {
        public Refusal {
            headers = Map.copyOf(headers);
        }
    }

    /** The person has no role on the project. Sic: the service says this with 401. */
    static Fault permissionDenied() {
        ApiError error = ApiError.permissionDenied("00000000-0000-0000-0000-000000000000", "POST");
        return new Refusal(error.status(), error.code(), error.getMessage(), Map.of());
    }

    /** The token is not taken. */
    static Fault unauthorized() {
        ApiError error = ApiError.unauthorized();
        return new Refusal(error.status(), error.code(), error.getMessage(), Map.of("WWW-Authenticate", "Bearer"));
    }

    /** The caller may not do this. */
    static Fault forbidden() {
        return new Refusal(403, "forbidden", "The caller may not use this session.", Map.of());
    }

    /** The program of a hosted agent is not up. */
    static Fault sessionNotReady() {
        return new Refusal(424, "session_not_ready", "The session is not ready.", Map.of());
    }

    /** Too many requests. */
    static Fault rateLimited(Duration retryAfter) {
        return new Refusal(
                429,
                "too_many_requests",
                "Too many requests. Try again later.",
                Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /**
     * The answer begins late.
     *
     * @param delay how late
     */
    record Slow(Duration delay) implements Fault {}

    /**
     * The events come slowly.
     *
     * @param between how long each takes
     */
    record SlowEvents(Duration between) implements Fault {}

    /**
     * The connection ends in the middle of the event stream.
     *
     * @param afterEvents how many events are sent before
     */
    record CutStream(int afterEvents) implements Fault {}

    /**
     * An event's data is no JSON.
     *
     * @param afterEvents how many events are sent before
     */
    record MalformedEvent(int afterEvents) implements Fault {}

    /**
     * The answer is a page, with status 200, as from a proxy in between.
     *
     * @param contentType such as {@code text/html}
     */
    record WrongContentType(String contentType) implements Fault {}

    /**
     * The stream ends with an {@code error} event.
     *
     * @param afterEvents how many events are sent before
     * @param code the error's code
     * @param message the error's message
     */
    record ErrorEvent(int afterEvents, String code, String message) implements Fault {}

    /**
     * The response fails: {@code response.failed}, with the error as an object.
     *
     * @param code the error's code
     * @param message the error's message
     */
    record FailedResponse(String code, String message) implements Fault {}

    /**
     * The response ends before its end: {@code response.incomplete}.
     *
     * @param reason such as {@code max_output_tokens}; empty for none, as hosted agents leave it
     */
    record IncompleteResponse(String reason) implements Fault {}

    /** Items and events of kinds that nobody knows come between the others. */
    record UnknownKinds() implements Fault {}

    /**
     * The first tool call fails, and is not made.
     *
     * @param error how the item tells it
     */
    record FailedCall(CallError error) implements Fault {}

    /**
     * The first tool call is given up, and is not made.
     *
     * @param after how long it takes; the service's own limit is 100 s
     */
    record ToolTimeout(Duration after) implements Fault {}

    /** The forms that the error of an {@code mcp_call} has had. */
    enum CallError {
        /** A plain string. */
        TEXT,
        /** The tool's own refusal. */
        EXECUTION,
        /** A JSON-RPC error. */
        PROTOCOL,
        /** An HTTP status. */
        HTTP,
        /** An object of a type that nobody knows. */
        UNKNOWN
    }
}
