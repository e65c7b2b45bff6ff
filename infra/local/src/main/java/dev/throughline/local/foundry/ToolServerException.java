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

    /** The server took longer than a call may take. */
    static ToolServerException timeout() {
        return silence("The operation was canceled because the server did not answer in time.");
    }

    /** An error of the ordered form. */
    static ToolServerException of(Fault.CallError form) {
        return switch (form) {
            case TEXT -> silence("The tool is not available.");
            case HTTP -> http(503);
            case PROTOCOL -> protocol(-32603, "Internal error");
            case EXECUTION -> {
                ObjectNode error = Json.object().put("type", "mcp_tool_execution_error");
                error.putArray("content").addObject().put("type", "text").put("text", "The tool is not available.");
                yield new ToolServerException("The tool is not available.", 0, error);
            }
            case UNKNOWN ->
                new ToolServerException(
                        "The tool is not available.",
                        0,
                        Json.object().put("type", "novel_error").put("weight", 7));
        };
    }

    boolean isUnauthorized() {
        return httpStatus == 401;
    }

    /** The error as an {@code mcp_call} item carries it. */
    JsonNode error() {
        return error;
    }
}
