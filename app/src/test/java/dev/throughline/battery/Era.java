package dev.throughline.battery;

import java.util.LinkedHashMap;
import java.util.Map;

/** The two families of protocol revisions: with a handshake, and with everything in each request. */
enum Era {
    HANDSHAKE("2025-11-25"),
    STATELESS("2026-07-28");

    private static final Map<String, Object> SELF = Map.of("name", "resource-server-battery", "version", "1");
    static final String VERSION_HEADER = "MCP-Protocol-Version";
    static final String METHOD_HEADER = "Mcp-Method";
    static final String NAME_HEADER = "Mcp-Name";

    private final String version;

    Era(String version) {
        this.version = version;
    }

    String version() {
        return version;
    }

    /** A whole request without a token. */
    Request request(Target target, String method, Map<String, Object> parameters) {
        Request request = Request.post(target.url(), body(method, parameters)).with(VERSION_HEADER, version);
        if (this == HANDSHAKE) {
            return request;
        }
        Request named = request.with(METHOD_HEADER, method);
        return parameters.get("name") instanceof String name ? named.with(NAME_HEADER, name) : named;
    }

    private String body(String method, Map<String, Object> parameters) {
        Map<String, Object> sent = new LinkedHashMap<>(parameters);
        if (this == STATELESS) {
            sent.put(
                    "_meta",
                    Map.of(
                            "io.modelcontextprotocol/protocolVersion",
                            version,
                            "io.modelcontextprotocol/clientInfo",
                            SELF,
                            "io.modelcontextprotocol/clientCapabilities",
                            Map.of()));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", 1);
        message.put("method", method);
        message.put("params", sent);
        return Json.text(message);
    }

    /** How a client begins. */
    Request hello(Target target) {
        return this == STATELESS
                ? request(target, "server/discover", Map.of())
                : request(
                                target,
                                "initialize",
                                Map.of("protocolVersion", version, "capabilities", Map.of(), "clientInfo", SELF))
                        // The revision is what this very message negotiates.
                        .without(VERSION_HEADER);
    }
}
