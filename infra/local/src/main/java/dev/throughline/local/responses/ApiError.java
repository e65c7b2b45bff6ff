package dev.throughline.local.responses;

import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal in the shape in which Foundry answers it: an HTTP status and {@code {"error":{code, message, ...}}}. The
 * codes and sentences are those seen from the live service, since clients match on them.
 */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String param;
    private final boolean requestFault;

    private ApiError(int status, String code, String message, String param, boolean requestFault) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.requestFault = requestFault;
    }

    /** A refusal without the details that only faults of the request carry. */
    public static ApiError of(int status, String code, String message) {
        return new ApiError(status, code, message, "", false);
    }

    /** A request that the service understands to be wrong, at the property {@code param}. */
    public static ApiError invalid(String message, String param) {
        return new ApiError(400, "invalid_payload", message, param, true);
    }

    public static ApiError missing(String param) {
        return new ApiError(
                400, "missing_required_parameter", "Missing required parameter: '" + param + "'.", param, true);
    }

    /** What does not exist and what is another person's answer alike. */
    public static ApiError notFound(String what, String id) {
        return new ApiError(404, "not_found", what + " with id '" + id + "' not found.", "", true);
    }

    /** An answer to a question that nobody asked, that somebody else was asked, or that was answered before. */
    public static ApiError noOpenApproval(String id) {
        return invalid("There is no open approval request with id '" + id + "'.", "input");
    }

    /** Sic: 400, although it is over in a moment. */
    public static ApiError conversationLocked() {
        return new ApiError(
                400,
                "conversation_locked",
                "Another process is currently operating on this conversation. Please retry in a few seconds.",
                "conversation",
                true);
    }

    public static ApiError unauthorized() {
        return of(
                401,
                "401",
                "Unauthorized. Access token is missing, invalid, audience is incorrect (https://ai.azure.com),"
                        + " or have expired.");
    }

    /** Sic: the service answers a missing project role with 401, not 403. */
    public static ApiError permissionDenied(String objectId, String method) {
        return of(
                401,
                "PermissionDenied",
                "The principal `" + objectId + "` lacks the required data action"
                        + " `Microsoft.CognitiveServices/accounts/AIServices/agents/write` to perform `" + method
                        + " /api/projects/{projectName}/openai/*` operation. See https://aka.ms/FoundryPermissions.");
    }

    /** The agent's tool could not be used at all, for a reason on the tool's side. */
    public static ApiError toolUserError(String message) {
        return of(400, "tool_user_error", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public ObjectNode toJson() {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", code).put("message", getMessage());
        if (requestFault) {
            error.put("param", param.isEmpty() ? null : param).put("type", "invalid_request_error");
            error.putArray("details");
            error.putObject("additionalInfo").put("request_id", Ids.random("req"));
        }
        return body;
    }
}
