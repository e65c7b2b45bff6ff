package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a request holds, it writes no line of its own into the log and makes nothing of ours look it up. */
class EdgeLogIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);
    private final int port = stack.ports().web();
    private final String mark = "mark" + UUID.randomUUID().toString().replace("-", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#\r\n[11/21/26, 0:00:00:000 UTC] 00000001 x I authn_reject reason=forged",
                "#\nauthn_reject reason=forged adapter=rest correlation_id=forged",
                "#\rauthn_reject reason=forged",
                "#\u0085authn_reject reason=forged",
                "#\"} {\"reason\":\"forged\"",
                "#' reason=forged",
                "#\u001b[2Kauthn_reject reason=forged",
                "#\0authn_reject reason=forged"
            })
    void no_line_of_the_log_can_be_forged(String template) {
        String value = template.replace("#", mark);

        everywhere(value, percentEncoded(value));

        List<String> lines = log.linesWith("reason=forged");
        assertEquals(List.of(), lines.stream().filter(line -> !isOneEntry(line)).toList());
        assertEquals(
                List.of(),
                log.linesWith("reason=forged adapter=rest correlation_id=forged").stream()
                        .filter(line -> line.startsWith("authn_reject"))
                        .toList());
        assertTrue(
                log.linesWith(mark).stream().allMatch(EdgeLogIT::isOneEntry),
                log.linesWith(mark).toString());
    }

    @Test
    void nothing_that_is_sent_is_looked_up() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(1_000);
            String value = "${jndi:ldap://127.0.0.1:" + listener.getLocalPort() + "/" + mark + "}";

            everywhere(value, percentEncoded(value));

            assertThrows(SocketTimeoutException.class, listener::accept);
        }
    }

    @Test
    void a_refusal_writes_one_line() {
        String id = "id-" + UUID.randomUUID();
        RawConnection.exchange(
                port,
                "GET " + Api.ORDERS + " HTTP/1.1\r\nHost: evil.example\r\nX-Correlation-ID: " + id + "\r\nUser-Agent: "
                        + mark + "\r\nConnection: close\r\n\r\n");

        assertEquals("host_not_allowed rest", log.edgeRejection(id));
        assertEquals(1, log.linesWith(id).size());
        assertEquals(List.of(), log.linesWith(mark));
    }

    /** Sends a text in each place of a request that a log could repeat; raw in the headers, as far as it goes. */
    private void everywhere(String raw, String encoded) {
        String token = api.signIn().token(Person.VIC);
        for (String header :
                List.of("User-Agent", "X-Correlation-ID", "Referer", "Origin", "Host", "traceparent", "Mcp-Name")) {
            send("GET " + Api.ORDERS, header + ": " + raw, token);
        }
        send("GET " + Api.ORDERS, "X-Any: a", raw);
        send("GET /" + encoded, "X-Any: a", token);
        send("GET " + Api.ORDERS + "/" + encoded, "X-Any: a", token);
        send("GET " + Api.ORDERS + "?cursor=" + encoded + "&status=" + encoded, "X-Any: a", token);
        send("GET /api/v1/" + encoded, "X-Any: a", "none");
        String kid = stack.entra().tokens().user("vic").header("kid", raw).sign();
        assertEquals(401, Http.send(api.bearing(kid, Api.ORDERS)).statusCode());
        for (Object body : List.of(
                java.util.Map.of("message", raw, "agent", raw),
                java.util.Map.of("message", "help", "conversation_id", raw),
                java.util.Map.of(raw, raw))) {
            assertFalse(api.post(Person.VIC, Api.CHAT, body).statusCode() >= 500);
        }
        Object call = java.util.Map.of(
                "jsonrpc",
                "2.0",
                "id",
                raw,
                "method",
                "tools/call",
                "params",
                java.util.Map.of("name", raw, "arguments", java.util.Map.of(raw, raw)));
        assertFalse(api.post(Person.VIC, Api.MCP, call).statusCode() >= 500);
    }

    private void send(String line, String header, String token) {
        RawConnection.exchange(
                port,
                line + " HTTP/1.1\r\n" + (header.startsWith("Host") ? "" : "Host: localhost:" + port + "\r\n") + header
                        + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n");
    }

    /** Whether a line begins as the server's own entries do, so that what it repeats is inside one. */
    private static boolean isOneEntry(String line) {
        return line.matches("(?s)\\[[^]]{15,40}] [0-9a-f]{8} [\\w.$]{1,80} +[A-Z] .*");
    }

    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain = each >= '0' && each <= '9' || each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z';
            encoded.append(plain ? String.valueOf((char) each) : "%%%02x".formatted(each & 0xFF));
        }
        return encoded.toString();
    }
}
