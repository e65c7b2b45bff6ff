package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a key server does, a fetch ends soon and takes no more than its bounds (T258, T259). */
class HttpKeySourceTest {
    private static final byte[] SET = "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_set_is_fetched() throws Exception {
        server.createContext("/keys", exchange -> answer(exchange, 200, SET));

        assertArrayEquals(SET, source("/keys").fetch());
    }

    @Test
    void no_other_status_is_taken_and_no_redirect_is_followed() {
        AtomicInteger followed = new AtomicInteger();
        server.createContext("/other", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, SET);
        });
        for (int status : new int[] {201, 301, 302, 307, 401, 404, 500, 503}) {
            server.createContext("/" + status, exchange -> {
                exchange.getResponseHeaders().set("Location", "/other");
                answer(exchange, status, SET);
            });
            assertFails("/" + status);
        }
        assertEquals(0, followed.get());
    }

    @Test
    void an_endless_answer_is_cut_off() {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] more = new byte[8192];
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 50 * 1024 / 8; i++) {
                    body.write(more);
                }
            }
        });

        assertFails("/endless");
    }

    @Test
    void a_set_of_50_KB_is_taken_and_not_a_byte_more() throws Exception {
        server.createContext("/most", exchange -> answer(exchange, 200, new byte[50 * 1024]));
        server.createContext("/more", exchange -> answer(exchange, 200, new byte[50 * 1024 + 1]));

        assertEquals(50 * 1024, source("/most").fetch().length);
        assertFails("/more");
    }

    @Test
    void an_answer_that_never_begins_is_not_waited_for() {
        server.createContext("/silent", exchange -> sleep());

        assertFails("/silent");
    }

    @Test
    void an_answer_that_trickles_is_not_waited_for() {
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    body.write(' ');
                    body.flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertFails("/trickle");
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        server.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(SET);
            exchange.close();
        });

        assertFails("/broken");
    }

    @Test
    void a_server_that_is_not_there_or_speaks_no_http_is_an_error_like_any_other() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThrows(
                IOException.class, () -> new HttpKeySource(URI.create("http://localhost:" + free + "/keys")).fetch());
        assertThrows(
                IOException.class,
                () -> new HttpKeySource(URI.create(
                                "https://localhost:" + server.getAddress().getPort() + "/keys"))
                        .fetch());
    }

    private void assertFails(String path) {
        long begin = System.nanoTime();
        assertThrows(IOException.class, () -> source(path).fetch());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.toMillis() < 4_000, path + " took " + took);
    }

    private HttpKeySource source(String path) {
        return new HttpKeySource(
                URI.create("http://localhost:" + server.getAddress().getPort() + path));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
