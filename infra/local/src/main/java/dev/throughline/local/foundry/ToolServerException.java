package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A call to an MCP server that brought no result. */
final class ToolServerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient JsonNode error;
    private final int httpStatus;

    private ToolServerException(String message, int httpStatus, JsonNode error) {
        super(message, null, false, false);
        this.httpStatus = httpStatus;
        this.error = error;
    }

    /** The server answered with an HTTP status instead of a protocol message. */
    static ToolServerException http(int status) {
        String message =
                "Response status code does not indicate success: " + status + " (" + HttpStatus.phrase(status) + ").";
        ObjectNode error =
                Json.object().put("type", "http_error").put("code", status).put("message", message);
        return new ToolServerException(message, status, error);
    }

    /** The server answered with a JSON-RPC error. */
    static ToolServerException protocol(int code, String message) {
        ObjectNode error = Json.object()
                .put("type", "mcp_protocol_error")
                .put("code", code)
                .put("message", message);
        return new ToolServerException(message, 0, error);
    }

    /** Nothing came back. The service reports this as a plain string, not as an object. */
    static ToolServerException silence(String message) {
        return new ToolServerException(message, 0, StringNode.valueOf(message));
    }

    boolean isUnauthorized() {
        return httpStatus == 401;
    }

    /** The error as an {@code mcp_call} item carries it. */
    JsonNode error() {
        return error;
    }
}
