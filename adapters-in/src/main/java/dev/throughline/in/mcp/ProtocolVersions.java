package dev.throughline.in.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The revisions of the protocol that this endpoint speaks, and how a request says which it means. None of them is older
 * than the transport that we use, so that nobody gets round the checks of newer ones by naming an older one.
 */
public final class ProtocolVersions {
    static final String HEADER = "MCP-Protocol-Version";
    static final String KEY = "io.modelcontextprotocol/protocolVersion";
    static final String MODERN = "2026-07-28";

    /** The newest first. */
    private static final List<String> KNOWN = List.of(MODERN, "2025-11-25", "2025-06-18", "2025-03-26");

    /** The first knew no header, so that a request without it can mean this one only. */
    private static final String FIRST = "2025-03-26";

    private static final int MAX_SHOWN = 64;

    private final List<String> spoken;

    private ProtocolVersions(List<String> spoken) {
        this.spoken = spoken;
    }

    /** All revisions that we know. */
    public static ProtocolVersions all() {
        return new ProtocolVersions(KNOWN);
    }

    /** Those from a certain one on; empty if it is none that we know. */
    public static Optional<ProtocolVersions> since(String oldest) {
        int last = KNOWN.indexOf(oldest);
        return last < 0 ? Optional.empty() : Optional.of(new ProtocolVersions(KNOWN.subList(0, last + 1)));
    }

    /** What is spoken, the newest first. */
    List<String> spoken() {
        return spoken;
    }

    /**
     * How a request speaks.
     *
     * @param headers the values of {@link #HEADER}
     * @throws RpcException if header and body disagree, or name a revision that is not spoken here
     */
    Era era(Message message, List<String> headers) throws RpcException {
        Optional<String> inBody = inBody(message);
        if (headers.size() > 1 || inBody.isPresent() && !headers.equals(List.of(inBody.get()))) {
            throw message.fault(
                    400,
                    RpcError.of(
                            RpcError.HEADER_MISMATCH,
                            "The header MCP-Protocol-Version must be there once and name the same revision as the body."));
        }
        String revision = headers.isEmpty() ? FIRST : headers.get(0);
        boolean greeting = headers.isEmpty() && message.method().equals(Methods.INITIALIZE);
        if (!greeting) {
            requireSpoken(message, revision);
        }
        return revision.equals(MODERN) ? Era.MODERN : Era.LEGACY;
    }

    /**
     * Refuses the greeting of a client that we could not go on with: it names its revision in the body, and one that we
     * do not know is offered another.
     *
     * @param named the revision that the client would like to speak
     */
    void requireGreetable(Message message, String named) throws RpcException {
        if (KNOWN.contains(named) || spoken.equals(List.of(MODERN))) {
            requireSpoken(message, named);
        }
    }

    private void requireSpoken(Message message, String revision) throws RpcException {
        if (!spoken.contains(revision)) {
            String shown = revision.length() > MAX_SHOWN ? revision.substring(0, MAX_SHOWN) : revision;
            throw message.fault(
                    400,
                    new RpcError(
                            RpcError.UNSUPPORTED_VERSION,
                            "This protocol version is not supported.",
                            Map.of("supported", spoken, "requested", shown)));
        }
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
}
