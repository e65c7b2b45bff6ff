package dev.throughline.matrix;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The doors that the gate guards, state-changing ones included. Each has a request that leaves nothing behind: where a
 * door changes something, the request is let in by the gate and then ends for a reason of the order desk or the chat.
 */
enum Door {
    LIST("rest", "GET", "/api/v1/orders", "limit=1", "", 200, "\"items\""),
    READ("rest", "GET", "/api/v1/orders/ORD-000", "", "", 404, "order_not_found"),
    CREATE("rest", "POST", "/api/v1/orders", "", "{\"product\":\"Lamp\"}", 400, "value_missing"),
    UPDATE("rest", "PUT", "/api/v1/orders/ORD-000", "", "{\"quantity\":2}", 404, "order_not_found"),
    DELETE("rest", "DELETE", "/api/v1/orders/ORD-000", "", "", 404, "order_not_found"),
    TOOLS("mcp", "POST", "/api/v1/mcp", "", Door.rpc("\"method\":\"tools/list\""), 200, "\"update-order\""),
    TOOL("mcp", "POST", "/api/v1/mcp", "", Door.call("update-order"), 200, "There is no such order."),
    CHAT("chat", "POST", "/api/v1/chat", "", Door.chat("\"message\":\"help\""), 404, "conversation_not_found"),
    STREAM("chat", "POST", "/api/v1/chat", "", Door.chat("\"message\":\"help\""), 404, "conversation_not_found"),
    RESUME("chat", "POST", "/api/v1/chat", "", Door.chat("\"resume\":true"), 404, "conversation_not_found"),
    DECLINE("chat", "POST", "/api/v1/chat", "", Door.chat("\"decline\":true"), 404, "conversation_not_found");

    static final Set<Door> ALL = EnumSet.allOf(Door.class);
    static final Set<Door> OF_MCP = EnumSet.of(TOOLS, TOOL);

    /** The doors for a person alone. */
    static final Set<Door> BUT_MCP = EnumSet.complementOf(EnumSet.of(TOOLS, TOOL));

    final String adapter;
    final String method;
    final String path;
    final String query;
    final String body;
    private final int status;
    private final String words;

    Door(String adapter, String method, String path, String query, String body, int status, String words) {
        this.adapter = adapter;
        this.method = method;
        this.path = path;
        this.query = query;
        this.body = body;
        this.status = status;
        this.words = words;
    }

    /** The headers of its request, besides those that say who calls. */
    Map<String, String> headers() {
        if (body.isEmpty()) {
            return Map.of();
        }
        return this == STREAM
                ? Map.of("Content-Type", "application/json", "Accept", "text/event-stream")
                : Map.of("Content-Type", "application/json");
    }

    /** Whether an answer is the one of whom the gate and the policy let in. */
    boolean isOpen(Answer answer) {
        return answer.status() == status && answer.body().contains(words);
    }

    /** Whether an answer is one that only who passed the gate can get; which tools are listed depends on the role. */
    boolean isBehindGate(Answer answer) {
        return this == TOOLS ? answer.status() == 200 && answer.body().contains("\"whoami\"") : isOpen(answer);
    }

    /** Whether the policy decides here before anything else does: a list of tools and a broken body are no actions. */
    boolean asksPolicy() {
        return this != TOOLS && this != CREATE;
    }

    /** The scope that it needs. */
    String scope() {
        return this == UPDATE || this == DELETE || this == TOOL ? "Orders.Write" : "Orders.Read";
    }

    private static String rpc(String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1," + members + "}";
    }

    private static String call(String tool) {
        return rpc("\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{\"id\":\"ORD-000\",\"quantity\":2}}");
    }

    private static String chat(String members) {
        return "{\"conversation_id\":\"00000000-0000-4000-8000-000000000000\"," + members + "}";
    }
}
