package dev.throughline.out.foundry;

import dev.throughline.conversation.RunFailure;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error of the service: {@code {"code", "message", "param"}}, or a text alone. Its message can hold ids and
 * addresses; it is looked at, but neither shown nor logged.
 */
record FoundryError(String code, String message, String param) {
    static final FoundryError UNKNOWN = new FoundryError("", "", "");

    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    static FoundryError of(@Nullable JsonValue error) {
        if (error instanceof JsonString text) {
            return new FoundryError("", text.getString(), "");
        }
        return error instanceof JsonObject object
                ? new FoundryError(
                        Items.textOrNumber(object, "code"), Items.text(object, "message"), Items.text(object, "param"))
                : UNKNOWN;
    }

    /** The error in a body or an event, which is in a member of its own or the whole. */
    static FoundryError in(JsonObject object) {
        JsonValue member = object.get("error");
        return of(member instanceof JsonObject || member instanceof JsonString ? member : object);
    }

    /**
     * What it means that the service refused a request with this error.
     *
     * @param continuing whether the request named something that the service should have kept
     */
    RunFailure failure(int status, boolean continuing) {
        if (code.equals("tool_user_error")) {
            return RunFailure.AGENT_FAILED;
        }
        if (code.equals("previous_response_not_found") || continuing && hangsOnCalls()) {
            return RunFailure.CONVERSATION_GONE;
        }
        // Somebody has left while the service was at it, and it has not noticed yet. Sic: with status 400.
        if (code.equals("conversation_locked")) {
            return RunFailure.AGENT_UNAVAILABLE;
        }
        return switch (status) {
            case 401 -> code.equals("PermissionDenied") ? RunFailure.NOT_ASSIGNED : RunFailure.SIGN_IN_AGAIN;
            case 403 -> code.equals("PermissionDenied") ? RunFailure.NOT_ASSIGNED : RunFailure.AGENT_MISCONFIGURED;
            case 404 -> continuing && !speaksOfAgent() ? RunFailure.CONVERSATION_GONE : RunFailure.AGENT_MISCONFIGURED;
            case 424 -> code.equals("session_not_ready") ? RunFailure.AGENT_UNAVAILABLE : RunFailure.AGENT_FAILED;
            case 200, 408, 409, 429 -> RunFailure.AGENT_UNAVAILABLE;
            default -> status >= 500 ? RunFailure.AGENT_UNAVAILABLE : RunFailure.AGENT_MISCONFIGURED;
        };
    }

    /** What it means that an answer ended with this error. */
    RunFailure failureInAnswer() {
        return switch (code) {
            case "rate_limit_exceeded",
                    "too_many_requests",
                    "server_error",
                    "internal_error",
                    "internal_server_error",
                    "service_unavailable" -> RunFailure.AGENT_UNAVAILABLE;
            default -> RunFailure.AGENT_FAILED;
        };
    }

    private boolean speaksOfAgent() {
        return (param + " " + message).toLowerCase(Locale.ROOT).contains("agent");
    }

    /** A conversation in which a call was never answered takes no message any more. */
    private boolean hangsOnCalls() {
        return message.startsWith("No tool output found for function call");
    }

    String loggableCode() {
        return loggable(code);
    }

    /** A name as it may stand in a log; empty if it looks like anything else. */
    static String loggable(String name) {
        return LOGGABLE.matcher(name).matches() ? name : "";
    }
}
