package dev.throughline.in.mcp;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Ends a request that takes something which its client has not declared it can do (MCP 2026-07-28, basic). */
public final class MissingCapabilityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> capabilities;

    /** @param capabilities what is missing, such as {@code sampling} */
    public MissingCapabilityException(Set<String> capabilities) {
        super("This needs a client that can do more", null, false, false);
        this.capabilities = Set.copyOf(capabilities);
    }

    RpcError error() {
        Map<String, Object> required = new TreeMap<>();
        capabilities.forEach(capability -> required.put(capability, Map.of()));
        return new RpcError(
                RpcError.MISSING_CAPABILITY,
                "This needs a client that can be asked for more.",
                Map.of("requiredCapabilities", required));
    }
}
