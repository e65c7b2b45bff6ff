package dev.throughline.e2e;

import java.net.http.HttpRequest;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a client says the same thing in the two eras of the protocol: written by hand, from the specification alone. */
enum McpEra {
    /** MCP 2025-11-25: a message, and a header that names the revision. */
    LEGACY("2025-11-25"),
    /** MCP 2026-07-28: a request that says all about itself, and headers that repeat what intermediaries need. */
    MODERN("2026-07-28");

    static final String VERSION_HEADER = "MCP-Protocol-Version";
    static final String METHOD_HEADER = "Mcp-Method";
    static final String NAME_HEADER = "Mcp-Name";

    private static final JsonMapper JSON = new JsonMapper();

    final String revision;

    McpEra(String revision) {
        this.revision = revision;
    }

    /** A complete request. */
    ObjectNode request(String method, String params) {
        ObjectNode said = (ObjectNode) JSON.readTree(params);
        if (this == MODERN) {
            said.set(
                    "_meta",
                    JSON.valueToTree(Map.of(
                            "io.modelcontextprotocol/protocolVersion", revision,
                            "io.modelcontextprotocol/clientInfo", Map.of("name", "by-hand", "version", "1"),
                            "io.modelcontextprotocol/clientCapabilities", Map.of())));
        }
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        request.set("params", said);
        return request;
    }

    ObjectNode call(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    /** The headers that belong to a request. */
    HttpRequest.Builder headed(HttpRequest.Builder http, JsonNode request) {
        http.header("Accept", "application/json, text/event-stream").header(VERSION_HEADER, revision);
        if (this == LEGACY) {
            return http;
        }
        JsonNode params = request.path("params");
        JsonNode name = params.has("uri") ? params.path("uri") : params.path("name");
        http.header(METHOD_HEADER, request.path("method").asString(""));
        return name.isString() ? http.header(NAME_HEADER, name.stringValue()) : http;
    }
}
