package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.RawConnection.Replies;
import dev.throughline.local.run.LocalStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Senders that take their time do not take that of others, and are cut off. */
class EdgeSlowClientsIT {
    private static final int CALLS = 200;
    private static final int SOCKETS = 12;
    private static final int TRIALS = 3;

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final int port = stack.ports().web();

    /** In one of a few trials, since the machine that the tests run on has other work, too. */
    @Test
    void callers_beside_slow_ones_wait_no_longer() {
        List<String> trials = new ArrayList<>();
        p99();
        for (int trial = 0; trial < TRIALS; trial++) {
            long quiet = p99();
            try (SlowSenders slow = new SlowSenders()) {
                long beside = p99();
                trials.add(quiet / 1000 + " us, beside slow ones " + beside / 1000 + " us");
                // A trial on a machine so busy that they were cut off meanwhile tells nothing.
                if (beside <= 2 * quiet && slow.sending()) {
                    return;
                }
            }
        }
        throw new AssertionError("p99 " + trials);
    }

    @Test
    void a_body_that_stops_is_not_waited_for() {
        assertEquals(
                200, api.post(Person.VIC, Api.CHAT, "{\"message\":\"help\"}").statusCode());
        try (RawConnection orders = new RawConnection(port);
                RawConnection tools = new RawConnection(port);
                RawConnection head = new RawConnection(port)) {
            orders.send(beginning("POST " + Api.ORDERS) + "Content-Length: 100\r\n\r\n{\"customer");
            tools.send(beginning("POST " + Api.MCP) + "Content-Length: 100\r\n\r\n{\"jsonrpc");
            head.send(beginning("POST " + Api.CHAT) + "X-Late: ");

            for (RawConnection connection : List.of(orders, tools)) {
                Replies answer = connection.replies();
                assertEquals(List.of(408), answer.statuses(), answer.text());
                assertEquals(List.of("body_too_slow"), answer.reasons());
            }
            assertEquals(List.of(408), head.replies().statuses());
        }
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_not_waited_for_either() throws InterruptedException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(beginning("POST " + Api.ORDERS) + "Content-Length: 10000\r\n\r\n");
            long begin = System.nanoTime();
            while (connection.takes(" ")) {
                assertTrue(System.nanoTime() - begin < 40_000_000_000L, "It is waited for still");
                Thread.sleep(250);
            }
        }
    }

    private long p99() {
        api.signIn().token(Person.VIC);
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[CALLS * 99 / 100];
    }

    private String beginning(String line) {
        return line + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer "
                + api.signIn().token(Person.PAT) + "\r\nContent-Type: application/json\r\n";
    }

    /** Half of them never end their headers, half of them never their body. */
    private final class SlowSenders implements AutoCloseable {
        private final List<RawConnection> connections = new ArrayList<>();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicBoolean taken = new AtomicBoolean(true);
        private final Thread drip = new Thread(this::drip, "slow-senders");

        SlowSenders() {
            for (int i = 0; i < SOCKETS; i++) {
                RawConnection connection = new RawConnection(port);
                connection.send(beginning("POST " + Api.ORDERS)
                        + (i % 2 == 0 ? "X-Late: " : "Content-Length: 60000\r\n\r\n{\"customer_name\":\""));
                connections.add(connection);
            }
            drip.start();
        }

        boolean sending() {
            return taken.get();
        }

        private void drip() {
            while (going.get()) {
                connections.forEach(connection -> taken.compareAndSet(true, connection.takes("a")));
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            going.set(false);
            drip.interrupt();
            connections.forEach(RawConnection::close);
        }
    }
}
