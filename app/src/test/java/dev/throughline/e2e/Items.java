package dev.throughline.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a response of an agent can hold, as the Responses API spells it. */
final class Items {
    private Items() {}

    static Map<String, Object> message(String text) {
        return item(
                "message",
                Map.of(
                        "role",
                        "assistant",
                        "status",
                        "completed",
                        "content",
                        List.of(Map.of("type", "output_text", "text", text, "annotations", List.of()))));
    }

    /** The agent has a function called. */
    static Map<String, Object> functionCall(String tool, String arguments) {
        return functionCall("call_" + UUID.randomUUID(), tool, arguments);
    }

    static Map<String, Object> functionCall(String call, String tool, String arguments) {
        return item(
                "function_call", Map.of("call_id", call, "name", tool, "arguments", arguments, "status", "completed"));
    }

    /** The agent wants to call a tool, and the service asks whether it may. */
    static Map<String, Object> approvalRequest(String tool, String arguments) {
        return item("mcp_approval_request", Map.of("server_label", "orders", "name", tool, "arguments", arguments));
    }

    /** The service says that the agent has called a tool. */
    static Map<String, Object> mcpCall(String tool, String arguments, String output) {
        return item(
                "mcp_call",
                Map.of(
                        "server_label",
                        "orders",
                        "name",
                        tool,
                        "arguments",
                        arguments,
                        "output",
                        output,
                        "status",
                        "completed"));
    }

    static Map<String, Object> consentRequest(String link) {
        return item("oauth_consent_request", Map.of("server_label", "orders", "consent_link", link));
    }

    private static Map<String, Object> item(String type, Map<String, Object> members) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", "item_" + UUID.randomUUID().toString().replace("-", ""));
        item.put("type", type);
        item.putAll(members);
        return item;
    }
}
