package dev.throughline.in.mcp;

import java.util.Map;
import java.util.Optional;

/**
 * Ends a request with the question that its client must answer first (MCP 2026-07-28, basic/patterns/mrtr). The client
 * sends the request again, with the answers and the state; older revisions cannot be asked this way.
 */
public final class InputRequiredException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> inputRequests;
    private final transient Optional<String> requestState;

    /**
     * @param inputRequests the requests to the client, by names of ours
     * @param requestState what comes back with the answers. Whoever reads it must take it for an attacker's, unless it
     *     is authenticated
     */
    public InputRequiredException(Map<String, Object> inputRequests, Optional<String> requestState) {
        super("The client must be asked first", null, false, false);
        this.inputRequests = Map.copyOf(inputRequests);
        this.requestState = requestState;
    }

    Map<String, Object> inputRequests() {
        return inputRequests;
    }

    Optional<String> requestState() {
        return requestState;
    }
}
