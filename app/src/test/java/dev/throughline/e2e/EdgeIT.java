package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.RawConnection.Replies;
import dev.throughline.local.run.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is not even looked at, whoever sends it. Each hostile request is one that was answered a moment ago, but for one
 * line.
 */
class EdgeIT {
    private static final AtomicBoolean CHAT_IS_OPEN = new AtomicBoolean();

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);
    private final int port = stack.ports().web();

    /** Addresses behind the gate and before it, each with a request that Vic may make. */
    enum Place {
        ORDERS("GET", Api.ORDERS, "", "rest"),
        TOOLS("POST", Api.MCP, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "mcp"),
        CHAT("POST", Api.CHAT, "{\"message\":\"help\"}", "chat"),
        CONFIG("GET", "/api/v1/config", "", "rest"),
        METADATA("GET", "/.well-known/oauth-protected-resource", "", "web"),
        PAGE("GET", "/", "", "web");

        private final String method;
        private final String path;
        private final String body;
        private final String adapter;

        Place(String method, String path, String body, String adapter) {
            this.method = method;
            this.path = path;
            this.body = body;
            this.adapter = adapter;
        }

        /** The line that begins the request, and what the method needs besides. */
        String line() {
            return method + " " + path + " HTTP/1.1\r\n";
        }

        String content() {
            return body.isEmpty() ? "" : "Content-Type: application/json\r\n" + length();
        }

        String length() {
            return body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        }
    }

    static Stream<Arguments> hostileHeaders() {
        return Stream.of(
                header("", "host_missing", 400, ""),
                header("an empty host", "host_missing", 400, "Host:\r\n"),
                header("another host", "host_not_allowed", 421, "Host: evil.example\r\n"),
                header("another host with our port", "host_not_allowed", 421, "Host: evil.example:{port}\r\n"),
                header("a name like ours", "host_not_allowed", 421, "Host: localhost.evil.example:{port}\r\n"),
                header("an address like ours", "host_not_allowed", 421, "Host: 127.0.0.1.evil.example\r\n"),
                header("somebody before the host", "host_not_allowed", 421, "Host: a@localhost:{port}\r\n"),
                header("two hosts", "header_repeated", 400, "{host}Host: evil.example\r\n"),
                header("two hosts the other way", "header_repeated", 400, "Host: evil.example\r\n{host}"),
                header("the host twice", "header_repeated", 400, "{host}{host}"),
                header("another origin", "origin_not_allowed", 403, "{host}Origin: https://evil.example\r\n"),
                header("no origin's origin", "origin_not_allowed", 403, "{host}Origin: null\r\n"),
                header("an empty origin", "origin_not_allowed", 403, "{host}Origin:\r\n"),
                header(
                        "an origin like ours",
                        "origin_not_allowed",
                        403,
                        "{host}Origin: http://localhost.evil.example:{port}\r\n"),
                header("an origin in capitals", "origin_not_allowed", 403, "{host}Origin: HTTP://LOCALHOST:{port}\r\n"),
                header("an origin of IPv6", "origin_not_allowed", 403, "{host}Origin: http://[::1]:{port}\r\n"),
                header(
                        "two origins",
                        "header_repeated",
                        400,
                        "{host}Origin: http://localhost:{port}\r\nOrigin: https://evil.example\r\n"),
                header("a NUL", "header_malformed", 400, "{host}X-Odd: a\0b\r\n"),
                header("a control character", "header_malformed", 400, "{host}X-Odd: a\u0001b\r\n"),
                header("a DEL", "header_malformed", 400, "{host}X-Odd: a\u007fb\r\n"),
                header("a byte beyond ASCII", "header_malformed", 400, "{host}X-Odd: a\u00e9b\r\n"),
                header("a line break of Unicode", "header_malformed", 400, "{host}X-Odd: a\u00e2\u0080\u00a8b\r\n"),
                header("two media types", "header_repeated", 400, "{host}" + twice("Content-Type: application/json")),
                header("two conditions", "header_repeated", 400, "{host}" + twice("If-Match: \"1\"")),
                header("two idempotency keys", "header_repeated", 400, "{host}" + twice("Idempotency-Key: a")),
                header("two versions", "header_repeated", 400, "{host}" + twice("MCP-Protocol-Version: 2025-11-25")),
                header("two sessions", "header_repeated", 400, "{host}" + twice("Mcp-Session-Id: a")),
                header("two methods of tools", "header_repeated", 400, "{host}" + twice("Mcp-Method: ping")),
                header("two names of tools", "header_repeated", 400, "{host}" + twice("Mcp-Name: whoami")),
                header("two traces", "header_repeated", 400, "{host}" + twice("traceparent: 00-1-1-00")),
                header(
                        "two correlation ids",
                        "header_repeated",
                        400,
                        "{host}" + "X-Correlation-ID: {id}\r\nX-Correlation-ID: {id}\r\n"),
                header("a compressed body", "body_encoded", 415, "{host}Content-Encoding: gzip\r\n"),
                header("a hundred headers more", "headers_too_large", 431, "{host}" + headers(100, 1)),
                header("large headers", "headers_too_large", 431, "{host}" + headers(5, 8 * 1024)));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("hostileHeaders")
    void a_request_with_one_bad_header_is_looked_at_nowhere(String name, String reason, int status, String headers) {
        for (Place place : Place.values()) {
            assertOpen(place);

            Replies answer = send(place, place.line(), headers);

            assertEquals(List.of(status), answer.statuses(), place + answer.text());
            assertRefused(place, reason, answer);
        }
    }

    static Stream<Arguments> hostileLines() {
        return Stream.of(
                Arguments.of(
                        "another host in the address",
                        "host_mismatch",
                        400,
                        "{method} http://evil.example{path} HTTP/1.1"),
                Arguments.of(
                        "an address without end",
                        "address_too_long",
                        414,
                        "{method} {path}?" + "x".repeat(8192) + " HTTP/1.1"),
                Arguments.of("a written HTTP/2", "protocol_not_supported", 505, "{method} {path} HTTP/2.0"),
                Arguments.of("a coming version", "protocol_not_supported", 505, "{method} {path} HTTP/1.2"),
                Arguments.of("an invented method", "method_unknown", 501, "FROB {path} HTTP/1.1"),
                Arguments.of("a method with a sign", "method_unknown", 501, "GET! {path} HTTP/1.1"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("hostileLines")
    void a_request_with_a_bad_first_line_is_looked_at_nowhere(String name, String reason, int status, String line) {
        for (Place place : Place.values()) {
            assertOpen(place);

            Replies answer = send(
                    place, line.replace("{method}", place.method).replace("{path}", place.path) + "\r\n", "{host}");

            assertEquals(List.of(status), answer.statuses(), place + answer.text());
            assertRefused(place, reason, answer);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nobody_needs_a_token_to_be_refused_by_the_edge(Place place) {
        Replies control = RawConnection.exchange(port, place.line() + host() + place.content() + close() + place.body);
        Replies answer = RawConnection.exchange(
                port, place.line() + "Host: evil.example\r\n" + place.content() + close() + place.body);

        assertTrue(List.of(200, 401).contains(control.statuses().get(0)), control.text());
        assertEquals(List.of(421), answer.statuses());
        assertFalse(answer.text().contains("WWW-Authenticate"), answer.text());
        assertRefused(place, "host_not_allowed", answer);
    }

    @Test
    void a_body_that_is_announced_as_too_large_is_not_waited_for() {
        for (Place place : List.of(Place.TOOLS, Place.CHAT)) {
            assertOpen(place);

            try (RawConnection connection = new RawConnection(port)) {
                connection.send(place.line() + host() + token()
                        + "Content-Type: application/json\r\nContent-Length: 1048577\r\n\r\n");
                Replies answer = connection.repliesUntil("\"}");

                assertEquals(List.of(413), answer.statuses(), answer.text());
                assertRefused(place, "body_too_large", answer);
            }
        }
    }

    @Test
    void every_name_of_this_machine_will_do_on_it() {
        for (String name : List.of("localhost", "127.0.0.1", "[::1]", "LOCALHOST")) {
            for (String suffix : List.of(":" + port, "", ":1")) {
                Replies answer = send(Place.ORDERS, Place.ORDERS.line(), "Host: " + name + suffix + "\r\n");
                assertEquals(List.of(200), answer.statuses(), name + suffix);
            }
        }
    }

    @Test
    void what_other_headers_say_of_host_scheme_method_and_person_changes_nothing() {
        String metadata = bodyOf(send(Place.METADATA, Place.METADATA.line(), "{host}"));
        String orders = bodyOf(send(Place.ORDERS, Place.ORDERS.line(), "{host}"));
        String challenge = challengeTo("");
        for (String header : List.of(
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Port: 1",
                "X-Forwarded-For: 10.0.0.1",
                "X-Forwarded-User: " + Person.ADA.login,
                "Forwarded: host=evil.example;proto=https;for=10.0.0.1",
                "X-Original-URL: /api/v1/config",
                "X-Rewrite-URL: /api/v1/config",
                "X-HTTP-Method-Override: DELETE",
                "X-Method-Override: DELETE",
                "X-MS-CLIENT-PRINCIPAL: eyJhdXRoX3R5cCI6ImFhZCJ9",
                "X-MS-CLIENT-PRINCIPAL-ID: " + Person.ADA.id,
                "X-MS-CLIENT-PRINCIPAL-NAME: " + Person.ADA.login,
                "X-MS-CLIENT-PRINCIPAL-IDP: aad",
                "X-User: " + Person.ADA.login,
                "X-Authenticated-Userid: " + Person.ADA.id,
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings, close\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                "$WSSN: evil.example",
                "$WSSP: 1",
                "$WSSC: https",
                "$WSIS: true",
                "$WSRA: 10.0.0.1",
                "$WSRH: evil.example",
                "$WSRU: " + Person.ADA.login,
                "$WSAT: BASIC",
                "$WSCC: MIIB",
                "$WSPR: HTTP/2.0")) {
            assertEquals(metadata, bodyOf(send(Place.METADATA, Place.METADATA.line(), "{host}" + header + "\r\n")));
            assertEquals(orders, bodyOf(send(Place.ORDERS, Place.ORDERS.line(), "{host}" + header + "\r\n")));
            assertEquals(challenge, challengeTo(header + "\r\n"));
            assertEquals(redirect(""), redirect(header + "\r\n"), header);
        }
    }

    @Test
    void a_link_to_what_was_made_names_no_host() {
        String body = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":1}";
        Replies answer = RawConnection.exchange(
                port,
                "POST " + Api.ORDERS + " HTTP/1.1\r\n" + host()
                        + "X-Forwarded-Host: evil.example\r\n$WSSN: evil.example\r\nAuthorization: Bearer "
                        + api.signIn().token(Person.PAT) + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n" + close() + body);

        assertEquals(List.of(201), answer.statuses(), answer.text());
        assertTrue(answer.text().contains("\r\nLocation: " + Api.ORDERS + "/ORD-"), answer.text());
        new Rows(stack).change("delete from orders where number > 8");
    }

    @Test
    void every_answer_carries_what_keeps_browsers_from_harm() {
        for (Place place : Place.values()) {
            for (Replies answer : List.of(
                    send(place, place.line(), "{host}"),
                    send(place, place.line(), "Host: evil.example\r\n"),
                    RawConnection.exchange(port, place.line() + host() + place.content() + close() + place.body),
                    RawConnection.exchange(port, "GET /nothing-here HTTP/1.1\r\n" + host() + close()))) {
                for (String header : List.of(
                        "Content-Security-Policy: default-src 'none'; script-src 'self';",
                        "X-Content-Type-Options: nosniff",
                        "Referrer-Policy: no-referrer",
                        "X-Frame-Options: DENY",
                        "Cross-Origin-Opener-Policy: same-origin",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "Vary: Origin",
                        "X-Correlation-ID: ")) {
                    assertTrue(answer.text().contains("\r\n" + header), place + header + answer.text());
                }
                assertTrue(answer.text().contains("require-trusted-types-for 'script'"), answer.text());
                assertFalse(answer.text().contains("Strict-Transport-Security"), answer.text());
                if (!place.adapter.equals("web")) {
                    assertTrue(answer.text().contains("\r\nCache-Control: no-store\r\n"), place + answer.text());
                }
            }
        }
    }

    @Test
    void a_correlation_id_of_a_safe_form_is_kept_and_any_other_replaced() {
        String id = "a-" + UUID.randomUUID();
        assertEquals(
                id,
                send(Place.ORDERS, Place.ORDERS.line(), "{host}X-Correlation-ID: " + id + "\r\n")
                        .correlationId());

        for (String odd : List.of(
                "a b", "a\"b", "a;b", "${jndi:ldap://127.0.0.1/x}", "x".repeat(65), "<script>", "a=b reason=c")) {
            Replies answer = send(Place.ORDERS, Place.ORDERS.line(), "{host}X-Correlation-ID: " + odd + "\r\n");
            assertEquals(List.of(200), answer.statuses());
            assertEquals(36, answer.correlationId().length(), answer.correlationId());
        }
    }

    @Test
    void each_refusal_is_counted_by_its_reason_and_nothing_else_is() {
        Map<String, Double> before = counts();
        send(Place.ORDERS, Place.ORDERS.line(), "{host}");
        send(Place.ORDERS, Place.ORDERS.line(), "Host: evil.example\r\n");
        send(Place.CHAT, Place.CHAT.line(), "{host}Origin: null\r\n");
        send(Place.CHAT, Place.CHAT.line(), "{host}Origin: null\r\n");
        Map<String, Double> after = counts();

        assertEquals(1, after.get("host_not_allowed rest") - before.getOrDefault("host_not_allowed rest", 0.0));
        assertEquals(2, after.get("origin_not_allowed chat") - before.getOrDefault("origin_not_allowed chat", 0.0));
        assertEquals(
                3,
                after.values().stream().mapToDouble(Double::doubleValue).sum()
                        - before.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum());
    }

    private Map<String, Double> counts() {
        return Http.send(api.anonymous("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith("edge_reject_total{"))
                .collect(Collectors.toMap(
                        line -> label(line, "reason") + " " + label(line, "adapter"),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private static String label(String line, String name) {
        String from = line.substring(line.indexOf(name + "=\"") + name.length() + 2);
        return from.substring(0, from.indexOf('"'));
    }

    /** The same request without the bad line; the chat, which takes long to answer, is asked once. */
    private void assertOpen(Place place) {
        if (place != Place.CHAT || CHAT_IS_OPEN.compareAndSet(false, true)) {
            Replies control = send(place, place.line(), "{host}");
            assertEquals(List.of(200), control.statuses(), place + control.text());
        }
    }

    private void assertRefused(Place place, String reason, Replies answer) {
        assertEquals(List.of(reason), answer.reasons(), place + answer.text());
        assertTrue(answer.text().contains("Content-Type: application/problem+json"), answer.text());
        Problems.assertDiscreet(answer.text());
        assertEquals(reason + " " + place.adapter, log.edgeRejection(answer.correlationId()));
    }

    private Replies send(Place place, String line, String headers) {
        return RawConnection.exchange(
                port,
                line
                        + filled(headers)
                        + token()
                        + (headers.contains("Content-Type") ? place.length() : place.content())
                        + close()
                        + place.body);
    }

    private String filled(String headers) {
        return headers.replace("{host}", host())
                .replace("{port}", String.valueOf(port))
                .replace("{id}", UUID.randomUUID().toString());
    }

    private String challengeTo(String header) {
        String answer = RawConnection.exchange(port, Place.ORDERS.line() + host() + header + close())
                .text();
        return answer.lines()
                .filter(line -> line.startsWith("WWW-Authenticate"))
                .collect(Collectors.joining());
    }

    /** The container's own redirect, which names host and scheme as it takes them to be. */
    private String redirect(String header) {
        String answer = RawConnection.exchange(port, "GET /openapi/ui HTTP/1.1\r\n" + host() + header + close())
                .text();
        return answer.lines().filter(line -> line.startsWith("Location")).collect(Collectors.joining());
    }

    private static String bodyOf(Replies answer) {
        assertEquals(List.of(200), answer.statuses(), answer.text());
        return answer.text().substring(answer.text().indexOf("\r\n\r\n"));
    }

    private String host() {
        return "Host: localhost:" + port + "\r\n";
    }

    private String token() {
        return "Authorization: Bearer " + api.signIn().token(Person.VIC) + "\r\n";
    }

    private static String close() {
        return "Connection: close\r\n\r\n";
    }

    private static String twice(String line) {
        return line + "\r\n" + line + "\r\n";
    }

    private static String headers(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> "X-" + i + ": " + "a".repeat(size) + "\r\n")
                .collect(Collectors.joining());
    }

    private static Arguments header(String name, String reason, int status, String headers) {
        return Arguments.of(name.isEmpty() ? "no host" : name, reason, status, headers);
    }
}
