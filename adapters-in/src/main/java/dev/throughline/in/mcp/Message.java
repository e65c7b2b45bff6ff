package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import dev.throughline.in.http.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON-RPC message, as far as it must be understood before the SDK may see it.
 *
 * @param id text or whole number; empty for a notification
 * @param method what is asked
 * @param toolCall what is to be called, where that is what is asked
 */
record Message(Optional<Object> id, String method, Optional<ToolCall> toolCall) {

    /**
     * A call of a tool.
     *
     * @param tool the tool's name
     * @param arguments the arguments as received
     */
    record ToolCall(String tool, Map<String, @Nullable Object> arguments) {}

    private static final String TOOLS_CALL = "tools/call";
    private static final int MAX_ID_LENGTH = 128;

    static Message parse(byte[] body) throws RpcException {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (MalformedJsonException e) {
            throw new RpcException(400, null, RpcError.of(RpcError.PARSE_ERROR, e.getMessage()));
        }
        if (!(json instanceof ObjectNode message)) {
            throw invalid(json.isArray() ? "Batches are not supported." : "The body must be a JSON-RPC message.");
        }
        if (!"2.0".equals(text(message, "jsonrpc"))) {
            throw invalid("The message must be JSON-RPC 2.0.");
        }
        String method = text(message, "method");
        if (method == null) {
            throw invalid("The message must be a request or a notification.");
        }
        Optional<Object> id = id(message);
        return new Message(
                id,
                method,
                id.isPresent() && method.equals(TOOLS_CALL)
                        ? Optional.of(toolCall(id.get(), message))
                        : Optional.empty());
    }

    /**
     * Compares the message with the headers that newer clients repeat it in: whoever routes or filters by a header must
     * not be shown another call than the one that is made.
     */
    void requireSame(List<String> methodHeaders, List<String> nameHeaders) throws RpcException {
        boolean sameMethod = methodHeaders.stream().allMatch(method::equals);
        boolean sameName = toolCall.isEmpty()
                || nameHeaders.stream().allMatch(toolCall.get().tool()::equals);
        if (!sameMethod || !sameName) {
            throw new RpcException(
                    400,
                    id.orElse(null),
                    RpcError.of(RpcError.HEADER_MISMATCH, "The headers name another call than the body."));
        }
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
        throw invalid("The id must be a short string or a whole number.");
    }

    private static ToolCall toolCall(Object id, ObjectNode message) throws RpcException {
        JsonNode params = message.path("params");
        String tool = text(params, "name");
        JsonNode arguments = params.path("arguments");
        if (tool == null || !objectOrNothing(arguments) || !objectOrNothing(params.path("_meta"))) {
            throw new RpcException(
                    200,
                    id,
                    RpcError.of(
                            RpcError.INVALID_PARAMS, "A tool call needs the tool's name and an object of arguments."));
        }
        return new ToolCall(tool, arguments.isObject() ? Json.map(arguments) : Map.of());
    }

    private static boolean objectOrNothing(JsonNode value) {
        return value.isObject() || value.isMissingNode();
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static RpcException invalid(String sentence) {
        return new RpcException(400, null, RpcError.of(RpcError.INVALID_REQUEST, sentence));
    }
}
