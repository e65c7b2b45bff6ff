package dev.throughline.local.foundry;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small MCP server with orders in memory: JSON answers over HTTP, a bearer token for our API required. A viewer sees
 * the own orders; what else the real order desk decides is none of the stand-in's business.
 */
final class FakeOrderDesk implements AutoCloseable {

    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";

    private final HttpServer server;
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Queue<Integer> nextStatuses = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> nextCallStatuses = new ConcurrentLinkedQueue<>();
    final List<String> bearers = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile String refusal = "";
    private volatile CountDownLatch held = new CountDownLatch(0);
    /** Another audience whose tokens are taken. */
    volatile List<String> passthrough = List.of();

    FakeOrderDesk(int port) throws IOException {
        String vic = "c0ffee00-0000-4000-8000-0000000000b4";
        String pat = "c0ffee00-0000-4000-8000-0000000000b3";
        order("ORD-001", "Alice Johnson", "Wireless Keyboard", 2, "delivered", vic);
        order("ORD-002", "Bob Smith", "USB-C Hub", 1, "shipped", pat);
        order("ORD-003", "Carol Lee", "Monitor Stand", 1, "pending", vic);
        order("ORD-005", "Eve Martinez", "Webcam HD", 3, "pending", vic);
        order("ORD-007", "Grace Chen", "Noise-Cancelling Headphones", 1, "shipped", pat);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v1/mcp", this::handle);
        server.start();
    }

    void order(String id, String customer, String product, int quantity, String status, String owner) {
        orders.put(
                id,
                Json.object()
                        .put("id", id)
                        .put("customer_name", customer)
                        .put("product", product)
                        .put("quantity", quantity)
                        .put("status", status)
                        .put("created_at", "2026-11-02T08:30:00Z")
                        .put("owner", owner)
                        .put("version", 1));
    }

    ObjectNode row(String id) {
        return orders.get(id);
    }

    /** The next HTTP request of any kind is answered with this status. */
    void answerNextRequestWith(int status) {
        nextStatuses.add(status);
    }

    /** The next tool call is answered with this HTTP status. */
    void answerNextCallWith(int status) {
        nextCallStatuses.add(status);
    }

    /** From now on every call waits. */
    void holdCalls() {
        held = new CountDownLatch(1);
    }

    /** Lets those that wait go on. */
    void releaseCalls() {
        held.countDown();
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            Integer scripted = nextStatuses.poll();
            JWTClaimsSet caller = caller(exchange);
            if (scripted != null || caller == null) {
                exchange.sendResponseHeaders(scripted == null ? 401 : scripted, -1);
                return;
            }
            answer(exchange, Json.parseObject(body), caller);
        }
    }

    private JWTClaimsSet caller(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            return null;
        }
        bearers.add(header.substring(7));
        try {
            JWTClaimsSet claims = SignedJWT.parse(header.substring(7)).getJWTClaimsSet();
            return List.of(List.of(API), passthrough).contains(claims.getAudience()) ? claims : null;
        } catch (ParseException e) {
            return null;
        }
    }

    private void answer(HttpExchange exchange, ObjectNode request, JWTClaimsSet caller) throws IOException {
        if (!request.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        reply.set("id", request.path("id"));
        switch (Json.text(request, "method")) {
            case "initialize" -> reply.set("result", welcome());
            case "tools/list" -> reply.set("result", tools());
            case "tools/call" -> {
                Integer scripted = nextCallStatuses.poll();
                if (scripted != null) {
                    exchange.sendResponseHeaders(scripted, -1);
                    return;
                }
                reply.set("result", call(request.path("params"), caller));
            }
            default -> reply.putObject("error").put("code", -32601).put("message", "No such method");
        }
        byte[] bytes = Json.MAPPER.writeValueAsBytes(reply);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static ObjectNode welcome() {
        ObjectNode result = Json.object().put("protocolVersion", "2025-11-25");
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "orders").put("version", "1");
        return result;
    }

    private static ObjectNode tools() {
        ObjectNode result = Json.object();
        ArrayNode tools = result.putArray("tools");
        tool(tools, "list-orders", "status", "limit", "cursor");
        tool(tools, "get-order", "id");
        tool(tools, "create-order", "customer_name", "product", "quantity");
        tool(tools, "update-order", "id", "customer_name", "product", "quantity", "status");
        tool(tools, "delete-order", "id");
        tool(tools, "whoami");
        tool(tools, "health-check");
        return result;
    }

    private static void tool(ArrayNode tools, String name, String... properties) {
        ObjectNode schema =
                tools.addObject().put("name", name).put("description", name).putObject("inputSchema");
        ObjectNode described = schema.put("type", "object").putObject("properties");
        for (String property : properties) {
            boolean number = property.equals("limit") || property.equals("quantity");
            described.putObject(property).put("type", number ? "integer" : "string");
        }
    }

    private ObjectNode call(JsonNode params, JWTClaimsSet caller) {
        JsonNode arguments = params.path("arguments");
        calls.add(Json.text(params, "name") + " " + arguments);
        awaitRelease();
        if (!refusal.isEmpty()) {
            return text(refusal).put("isError", true);
        }
        String id = Json.text(arguments, "id");
        return switch (Json.text(params, "name")) {
            case "list-orders" -> json(list(arguments, caller));
            case "get-order" -> orders.containsKey(id) ? json(orders.get(id)) : notFound(id);
            case "update-order" -> orders.containsKey(id) ? json(update(id, arguments)) : notFound(id);
            case "create-order" -> json(create(arguments, caller));
            case "delete-order" ->
                orders.remove(id) == null ? notFound(id) : json(Json.object().put("deleted", id));
            case "whoami" -> json(whoami(caller));
            default -> json(Json.object().put("status", "UP"));
        };
    }

    private ObjectNode list(JsonNode arguments, JWTClaimsSet caller) {
        boolean viewer = String.valueOf(caller.getClaim("roles")).contains("Viewer");
        List<ObjectNode> visible = new ArrayList<>();
        for (ObjectNode order : orders.values()) {
            boolean own = Json.text(order, "owner").equals(caller.getClaim("oid"));
            String status = Json.text(arguments, "status");
            if ((own || !viewer) && (status.isEmpty() || status.equals(Json.text(order, "status")))) {
                visible.add(order);
            }
        }
        ObjectNode page = Json.object();
        int from = arguments.path("cursor").isMissingNode() ? 0 : Integer.parseInt(Json.text(arguments, "cursor"));
        int to = Math.min(visible.size(), from + arguments.path("limit").asInt(20));
        ArrayNode items = page.putArray("items");
        visible.subList(from, to).forEach(items::add);
        return page.put("next_cursor", to < visible.size() ? String.valueOf(to) : null);
    }

    private ObjectNode create(JsonNode arguments, JWTClaimsSet caller) {
        order(
                "ORD-009",
                Json.text(arguments, "customer_name"),
                Json.text(arguments, "product"),
                arguments.path("quantity").intValue(),
                "pending",
                String.valueOf(caller.getClaim("oid")));
        return orders.get("ORD-009");
    }

    private ObjectNode update(String id, JsonNode arguments) {
        ObjectNode order = orders.get(id);
        arguments.properties().forEach(change -> order.set(change.getKey(), change.getValue()));
        return order;
    }

    private static ObjectNode whoami(JWTClaimsSet caller) {
        ObjectNode who = Json.object();
        who.putObject("user")
                .put("id", String.valueOf(caller.getClaim("oid")))
                .put("name", String.valueOf(caller.getClaim("name")));
        return who.put("agent", String.valueOf(caller.getClaim("azp")));
    }

    private static ObjectNode notFound(String id) {
        return text("There is no order " + id + ".").put("isError", true);
    }

    private static ObjectNode json(ObjectNode content) {
        ObjectNode result = text(Json.MAPPER.writeValueAsString(content));
        result.set("structuredContent", content);
        return result;
    }

    private static ObjectNode text(String text) {
        ObjectNode result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }
}
