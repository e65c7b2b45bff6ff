package dev.throughline.in.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The revisions of the protocol that this endpoint speaks; a request without the header is taken as the first. */
final class ProtocolVersions {
    static final String HEADER = "MCP-Protocol-Version";

    private static final List<String> SPOKEN = List.of("2025-03-26", "2025-06-18", "2025-11-25");

    private ProtocolVersions() {}

    /** The error for a header that names any other; newer clients learn from it what to fall back to. */
    static Optional<RpcError> error(List<String> headers) {
        return headers.stream().allMatch(SPOKEN::contains) && headers.size() <= 1
                ? Optional.empty()
                : Optional.of(new RpcError(
                        RpcError.UNSUPPORTED_VERSION,
                        "This protocol version is not supported.",
                        Map.of("supported", SPOKEN)));
    }
}
