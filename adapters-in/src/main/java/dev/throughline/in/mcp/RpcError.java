package dev.throughline.in.mcp;

import dev.throughline.in.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the protocol (JSON-RPC 2.0 section 5.1), as opposed to a tool's own error, which the model can read.
 *
 * @param code what sort of fault
 * @param message what is wrong, in one sentence of ours
 * @param data what helps a program to mend it; may be empty
 */
record RpcError(int code, String message, Map<String, Object> data) {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /** No such resource (MCP to 2025-11-25; newer revisions say {@link #INVALID_PARAMS}). */
    static final int RESOURCE_NOT_FOUND = -32002;
    /** Headers and body disagree (MCP 2026-07-28). */
    static final int HEADER_MISMATCH = -32020;
    /** The client cannot do what answering it takes (MCP 2026-07-28). */
    static final int MISSING_CAPABILITY = -32021;
    /** The header names a revision that is not spoken here (MCP 2026-07-28). */
    static final int UNSUPPORTED_VERSION = -32022;
    /** The policy refuses, and no other token would do: a code of ours, outside of all that is reserved. */
    static final int REFUSED = 403;

    static RpcError of(int code, String message) {
        return new RpcError(code, message, Map.of());
    }

    /**
     * The response that carries the error.
     *
     * @param id the request's id; null where it could not be read. MCP then leaves it out, where JSON-RPC would write
     *     null
     */
    byte[] response(@Nullable Object id) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        if (!data.isEmpty()) {
            error.put("data", data);
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("jsonrpc", "2.0");
        if (id != null) {
            response.put("id", id);
        }
        response.put("error", error);
        return Json.bytes(response);
    }
}
