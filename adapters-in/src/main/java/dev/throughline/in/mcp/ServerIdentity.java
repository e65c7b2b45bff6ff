package dev.throughline.in.mcp;

import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/** What the endpoint says of itself, in every revision. */
final class ServerIdentity {
    static final Implementation INFO = Implementation.builder("throughline-orders", "1")
            .title("Throughline order desk")
            .build();

    static final String INSTRUCTIONS =
            "The order desk. Every call is made as the signed-in person and may see and change only what that person"
                    + " and this client may. If a tool refuses, tell the person why in its own words; do not try to get"
                    + " round it.";

    /** Nothing that needs messages from the server: no instance keeps a connection to a client. */
    static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder()
            .tools(false)
            .resources(false, false)
            .prompts(false)
            .completions()
            .build();

    private ServerIdentity() {}
}
