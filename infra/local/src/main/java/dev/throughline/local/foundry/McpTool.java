package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.net.URI;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A remote MCP server as a tool of an agent.
 *
 * @param serverLabel what the agent's definition calls it
 * @param serverUrl its endpoint
 * @param connection where its bearer tokens come from
 * @param requireApproval which of its tools wait for the user
 * @param allowedTools the tools that the agent may use; empty for all
 */
record McpTool(
        String serverLabel,
        URI serverUrl,
        Connection connection,
        RequireApproval requireApproval,
        Set<String> allowedTools) {

    McpTool {
        allowedTools = Set.copyOf(allowedTools);
    }

    boolean allows(String tool) {
        return allowedTools.isEmpty() || allowedTools.contains(tool);
    }

    ObjectNode toJson() {
        ObjectNode tool = Json.object().put("type", "mcp").put("server_label", serverLabel);
        tool.put("server_url", serverUrl.toString()).put("project_connection_id", connection.name());
        tool.set("require_approval", requireApproval.toJson());
        if (!allowedTools.isEmpty()) {
            ArrayNode names = tool.putArray("allowed_tools");
            allowedTools.stream().sorted().forEach(names::add);
        }
        return tool;
    }
}
