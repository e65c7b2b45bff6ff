package dev.throughline.in.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The revisions of the protocol that this endpoint speaks, and how a request says which it means. None of them is older
 * than the transport that we use, so that nobody gets round the checks of newer ones by naming an older one.
 */
final class ProtocolVersions {
    static final String HEADER = "MCP-Protocol-Version";
    static final String KEY = "io.modelcontextprotocol/protocolVersion";
    static final String MODERN = "2026-07-28";
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** The newest first. */
    static final List<String> SPOKEN = List.of(MODERN, LEGACY.get(0), LEGACY.get(1), LEGACY.get(2));

    private static final int MAX_SHOWN = 64;

    private ProtocolVersions() {}

    /**
     * How a request speaks. One that says nothing about it speaks 2025-03-26, which knew no header for it.
     *
     * @param headers the values of {@link #HEADER}
     * @throws RpcException if header and body disagree, or name a revision that is not spoken here
     */
    static Era era(Message message, List<String> headers) throws RpcException {
        Optional<String> inBody = inBody(message);
        if (headers.size() > 1 || inBody.isPresent() && !headers.equals(List.of(inBody.get()))) {
            throw message.fault(
                    400,
                    RpcError.of(
                            RpcError.HEADER_MISMATCH,
                            "The header MCP-Protocol-Version must be there once and name the same revision as the body."));
        }
        if (headers.isEmpty() || LEGACY.contains(headers.get(0))) {
            return Era.LEGACY;
        }
        if (!headers.get(0).equals(MODERN)) {
            throw message.fault(400, unsupported(headers.get(0)));
        }
        return Era.MODERN;
    }

    private static Optional<String> inBody(Message message) throws RpcException {
        JsonNode version = message.meta().path(KEY);
        if (version.isMissingNode()) {
            return Optional.empty();
        }
        if (!version.isString()) {
            throw message.fault(400, RpcError.of(RpcError.INVALID_PARAMS, KEY + " must be a string."));
        }
        return Optional.of(version.stringValue());
    }

    private static RpcError unsupported(String requested) {
        String shown = requested.length() > MAX_SHOWN ? requested.substring(0, MAX_SHOWN) : requested;
        return new RpcError(
                RpcError.UNSUPPORTED_VERSION,
                "This protocol version is not supported.",
                Map.of("supported", SPOKEN, "requested", shown));
    }
}
