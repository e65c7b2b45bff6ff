package dev.throughline.in.mcp;

import java.util.Set;

/**
 * Who may talk to the endpoint from a browser, and under which names it is reached (against DNS rebinding).
 *
 * @param allowedOrigins such as {@code http://localhost:9080}; a port of {@code *} stands for any
 * @param allowedHosts such as {@code localhost:9080}; a port of {@code *} stands for any
 */
public record McpSettings(Set<String> allowedOrigins, Set<String> allowedHosts) {
    public McpSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
        allowedHosts = Set.copyOf(allowedHosts);
    }
}
