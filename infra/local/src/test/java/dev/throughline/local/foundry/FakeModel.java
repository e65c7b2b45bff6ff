package dev.throughline.local.foundry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small chat completions endpoint that answers what it was told to, in turn, and remembers what it was asked. */
final class FakeModel implements AutoCloseable {

    private final HttpServer server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String always = "";

    FakeModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    Map<String, String> environment() {
        return Map.of(
                "LOCAL_MODEL_URL",
                "http://localhost:" + server.getAddress().getPort() + "/v1",
                "LOCAL_MODEL",
                "tiny-model",
                "LOCAL_MODEL_KEY",
                "a-key");
    }

    void says(String text) {
        answers.add(message(Json.object().put("role", "assistant").put("content", text)));
    }

    void calls(String tool, String arguments) {
        answers.add(call(tool, arguments));
    }

    void alwaysCalls(String tool, String arguments) {
        always = call(tool, arguments);
    }

    void answersRaw(String body) {
        answers.add(body);
    }

    private static String call(String tool, String arguments) {
        ObjectNode message = Json.object().put("role", "assistant").putNull("content");
        ObjectNode call = message.putArray("tool_calls").addObject();
        call.put("id", "call_of_the_model").put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", arguments);
        return message(message);
    }

    private static String message(ObjectNode message) {
        ObjectNode body = Json.object();
        body.putArray("choices").addObject().set("message", message);
        return body.toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(Json.parseObject(exchange.getRequestBody().readAllBytes()));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String answer = answers.poll();
            byte[] body = (answer == null ? always : answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
