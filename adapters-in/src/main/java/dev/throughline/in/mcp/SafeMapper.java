package dev.throughline.in.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
        return mapper.convertValue(value, type);
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        return mapper.convertValue(value, type);
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return value instanceof Throwable
                ? new String(FAULT.response(null), StandardCharsets.UTF_8)
                : mapper.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return value instanceof Throwable ? FAULT.response(null) : mapper.writeValueAsBytes(value);
    }
}
