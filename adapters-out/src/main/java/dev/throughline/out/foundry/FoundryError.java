package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error object of the service: {@code {"code", "message", "param"}}. Its message can hold ids and addresses; it is
 * looked at, but neither shown nor logged.
 */
record FoundryError(String code, String message, String param) {
    static final FoundryError UNKNOWN = new FoundryError("", "", "");

    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    static FoundryError of(@Nullable JsonValue error) {
        return error instanceof JsonObject object
                ? new FoundryError(text(object, "code"), text(object, "message"), text(object, "param"))
                : UNKNOWN;
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** What it means that the service refused a request with this error. */
    RunFailure failure(int status, Question question) {
        if (code.equals("tool_user_error")) {
            return RunFailure.AGENT_FAILED;
        }
        if (code.equals("previous_response_not_found")) {
            return RunFailure.CONVERSATION_GONE;
        }
        return switch (status) {
            case 401, 403 -> code.equals("PermissionDenied") ? RunFailure.NOT_ASSIGNED : RunFailure.AGENT_MISCONFIGURED;
            case 404 ->
                question.continues().isPresent() && !speaksOfAgent()
                        ? RunFailure.CONVERSATION_GONE
                        : RunFailure.AGENT_MISCONFIGURED;
            case 424 -> RunFailure.AGENT_FAILED;
            case 200, 408, 409, 429 -> RunFailure.AGENT_UNAVAILABLE;
            default -> status >= 500 ? RunFailure.AGENT_UNAVAILABLE : RunFailure.AGENT_MISCONFIGURED;
        };
    }

    /** What it means that a stream ended with this error. */
    RunFailure failureInStream() {
        return switch (code) {
            case "rate_limit_exceeded", "too_many_requests", "server_error", "service_unavailable" ->
                RunFailure.AGENT_UNAVAILABLE;
            default -> RunFailure.AGENT_FAILED;
        };
    }

    private boolean speaksOfAgent() {
        return (param + " " + message).toLowerCase(Locale.ROOT).contains("agent");
    }

    String loggableCode() {
        return loggable(code);
    }

    /** A name as it may stand in a log; empty if it looks like anything else. */
    static String loggable(String name) {
        return LOGGABLE.matcher(name).matches() ? name : "";
    }
}
