package dev.throughline.out.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundTest {
    private final WireServer server = new WireServer();
    private final Outbound outbound = new Outbound(Duration.ofSeconds(2));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_body_within_the_limit_is_read_and_a_longer_one_is_not() throws Exception {
        server.answers(200, "text/plain", "12345");
        assertEquals("12345", read(5));
        assertThrows(IOException.class, () -> read(4));
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        server.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });
        try (Reply reply = get(Duration.ofSeconds(5))) {
            assertEquals(307, reply.status());
        }
        assertEquals(1, server.requests().size());
    }

    @Test
    void a_reply_that_does_not_begin_in_time_is_given_up() {
        server.answers(exchange -> Thread.sleep(5_000));
        assertThrows(HttpTimeoutException.class, () -> get(Duration.ofMillis(200)));
    }

    @Test
    void a_body_that_does_not_end_in_time_is_given_up() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('1');
            exchange.getResponseBody().flush();
            Thread.sleep(5_000);
        });
        assertThrows(HttpTimeoutException.class, () -> {
            try (Reply reply = get(Duration.ofSeconds(5))) {
                reply.body(100, Deadline.in(Duration.ofMillis(300)));
            }
        });
    }

    @Test
    void closing_a_reply_ends_the_call_upstream() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write("more and more\n".getBytes(StandardCharsets.UTF_8));
                    body.flush();
                    Thread.sleep(5);
                }
            } catch (IOException e) {
                gone.countDown();
                throw e;
            }
        });
        Reply reply = get(Duration.ofSeconds(5));
        assertTrue(reply.next(Deadline.in(Duration.ofSeconds(5))).isPresent());
        reply.close();
        assertTrue(gone.await(10, TimeUnit.SECONDS));
    }

    private Reply get(Duration patience) throws IOException, InterruptedException {
        return outbound.send(HttpRequest.newBuilder(server.address("/")).build(), Deadline.in(patience));
    }

    private String read(int limit) throws IOException, InterruptedException {
        try (Reply reply = get(Duration.ofSeconds(5))) {
            return new String(reply.body(limit, Deadline.in(Duration.ofSeconds(5))), StandardCharsets.UTF_8);
        }
    }
}
