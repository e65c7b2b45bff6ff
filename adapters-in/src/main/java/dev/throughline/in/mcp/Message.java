package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import dev.throughline.in.http.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON-RPC message, read strictly.
 *
 * @param id text or whole number; empty for a notification
 * @param method what is asked
 * @param params what it is asked with; a missing node where there is nothing
 */
record Message(Optional<Object> id, String method, JsonNode params) {

    /**
     * A call of a tool.
     *
     * @param tool the tool's name
     * @param arguments the arguments as received
     */
    record ToolCall(String tool, Map<String, @Nullable Object> arguments) {}

    private static final int MAX_ID_LENGTH = 128;
    /** Longer than any method that there is: what is not known is told back by its name. */
    private static final int MAX_METHOD_LENGTH = 128;

    static Message parse(byte[] body) throws RpcException {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (MalformedJsonException e) {
            throw new RpcException(400, null, RpcError.of(RpcError.PARSE_ERROR, e.getMessage()));
        }
        if (json.isMissingNode()) {
            throw new RpcException(400, null, RpcError.of(RpcError.PARSE_ERROR, "The body is empty."));
        }
        if (!(json instanceof ObjectNode message)) {
            throw invalid(null, json.isArray() ? "Batches are not supported." : "The body must be a JSON-RPC message.");
        }
        Optional<Object> id = id(message);
        if (!"2.0".equals(text(message, "jsonrpc"))) {
            throw invalid(id.orElse(null), "The message must be JSON-RPC 2.0.");
        }
        String method = text(message, "method");
        if (method == null || method.length() > MAX_METHOD_LENGTH || message.has("result") || message.has("error")) {
            throw invalid(id.orElse(null), "The message must be a request or a notification.");
        }
        return new Message(id, method, message.path("params"));
    }

    /** What is said about the request rather than asked with it. */
    JsonNode meta() {
        return params.path("_meta");
    }

    /** What the method is applied to by name, for methods that are; empty also where the message lacks it. */
    Optional<String> name() {
        return switch (method) {
            case Methods.CALL_TOOL, Methods.GET_PROMPT -> text("name");
            case Methods.READ_RESOURCE -> text("uri");
            default -> Optional.empty();
        };
    }

    /** A text among the parameters; empty if it is missing or something else. */
    Optional<String> text(String name) {
        return Optional.ofNullable(text(params, name));
    }

    /**
     * Refuses parameters that no method takes.
     *
     * @throws RpcException if they, or what is said about the request, are no objects
     */
    void requireForm(Era era) throws RpcException {
        if (!objectOrNothing(params) || !objectOrNothing(meta())) {
            throw malformed(era, "The parameters and their _meta must be objects.");
        }
    }

    /** The tool call that the message is. */
    ToolCall toolCall(Era era) throws RpcException {
        JsonNode arguments = params.path("arguments");
        Optional<String> tool = text("name");
        if (tool.isEmpty() || !objectOrNothing(arguments)) {
            throw malformed(era, "A tool call needs the tool's name and an object of arguments.");
        }
        return new ToolCall(tool.get(), arguments.isObject() ? Json.map(arguments) : Map.of());
    }

    /** The end of a request whose parameters are not what its method takes. */
    RpcException malformed(Era era, String sentence) {
        return fault(era.statusOfMalformed(), RpcError.of(RpcError.INVALID_PARAMS, sentence));
    }

    /** The end of this request with an error. */
    RpcException fault(int status, RpcError error) {
        return new RpcException(status, id.orElse(null), error);
    }

    private static Optional<Object> id(ObjectNode message) throws RpcException {
        JsonNode id = message.get("id");
        if (id == null) {
            return Optional.empty();
        }
        if (id.isString() && id.stringValue().length() <= MAX_ID_LENGTH) {
            return Optional.of(id.stringValue());
        }
        if (id.isIntegralNumber() && id.canConvertToLong()) {
            return Optional.of(id.longValue());
        }
        throw invalid(null, "The id must be a short string or a whole number.");
    }

    private static boolean objectOrNothing(JsonNode value) {
        return value.isObject() || value.isMissingNode();
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static RpcException invalid(@Nullable Object id, String sentence) {
        return new RpcException(400, id, RpcError.of(RpcError.INVALID_REQUEST, sentence));
    }
}
