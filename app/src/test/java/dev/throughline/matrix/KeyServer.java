package dev.throughline.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** An issuer's key address in the hand of a test: what it publishes, how slow it is, whether it is there at all. */
final class KeyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<Map<String, Object>> keys = List.of();
    private volatile int status = 200;
    private volatile Duration delay = Duration.ZERO;

    private KeyServer(HttpServer server) {
        this.server = server;
    }

    static KeyServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            KeyServer server = new KeyServer(http);
            http.setExecutor(server.threads);
            http.createContext("/keys", server::answer);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        try (exchange) {
            Thread.sleep(delay.toMillis());
            byte[] body =
                    JsonMapper.shared().writeValueAsString(Map.of("keys", keys)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/keys";
    }

    void publish(List<Map<String, Object>> published) {
        keys = List.copyOf(published);
    }

    /** What it answers from now on: 200 with its keys, or an error. */
    void answerWith(int other) {
        status = other;
    }

    void answerAfter(Duration wait) {
        delay = wait;
    }

    /** How often it was asked until now. */
    int fetches() {
        return fetches.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
