package dev.throughline.in.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Keeps exceptions out of answers: the SDK's transport serialises an {@link McpError}, which is a throwable, with its
 * stack trace. Everything else goes to the mapper that the SDK brought.
 */
final class SafeMapper implements McpJsonMapper {
    private static final RpcError FAULT = RpcError.of(RpcError.INTERNAL_ERROR, "The request could not be handled.");

    private final McpJsonMapper mapper;

    SafeMapper(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return mapper.readValue(content, type);
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        return converted(() -> mapper.convertValue(value, type));
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        return converted(() -> mapper.convertValue(value, type));
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return new String(writeValueAsBytes(value), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        if (value instanceof Throwable) {
            return FAULT.response(null);
        }
        if (value instanceof JSONRPCResponse response && isFault(response)) {
            return FAULT.response(response.id());
        }
        return mapper.writeValueAsBytes(value);
    }

    /** The SDK answers an exception that it did not expect with that exception's own message. */
    private static boolean isFault(JSONRPCResponse response) {
        return response.error() != null && response.error().code() == RpcError.INTERNAL_ERROR;
    }

    /** Parameters of the wrong form are the sender's fault, and not one to be told in the mapper's words. */
    private static <T> T converted(Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (RuntimeException e) {
            throw McpError.builder(RpcError.INVALID_PARAMS)
                    .message("The parameters are not of the form that this method takes.")
                    .build();
        }
    }
}
