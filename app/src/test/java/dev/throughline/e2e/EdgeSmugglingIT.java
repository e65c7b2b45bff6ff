package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.e2e.RawConnection.Replies;
import dev.throughline.local.run.LocalStack;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where one request ends and the next begins (RFC 9112 sections 6, 7 and 11.2). Each connection carries an order and,
 * right behind it, a second one. Where the first leaves any doubt about its end, the second is never placed.
 */
class EdgeSmugglingIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final ServerLog log = new ServerLog(stack);
    private final int port = stack.ports().web();
    private final String first = "first-" + UUID.randomUUID();
    private final String second = "second-" + UUID.randomUUID();

    @AfterEach
    void only_the_samples_are_left() {
        rows.change("delete from orders where number > 8");
    }

    static Stream<Arguments> unclear() {
        return Stream.of(
                length("another length behind it that is the same", "header_repeated", 400, "{length}{length}"),
                length("a length beyond 64 bits", "body_end_unclear", 400, "Content-Length: 18446744073709551616\r\n"),
                length("no length", "length_required", 411, ""),
                length("a length that is a list", "length_required", 411, "Content-Length: {n}, {n}\r\n"),
                length("a length in hexadecimal", "length_required", 411, "Content-Length: 0x{n}\r\n"),
                length("a negative length", "length_required", 411, "Content-Length: -1\r\n"),
                length("a length with a letter", "length_required", 411, "Content-Length: {n}x\r\n"),
                length("an empty length", "length_required", 411, "Content-Length:\r\n"),
                length("a length behind a vertical tab", "length_required", 411, "Content-Length:\u000b{n}\r\n"),
                chunks("xchunked", "body_end_unclear", "xchunked"),
                chunks("chunked and something", "body_end_unclear", "chunked, identity"),
                chunks("something and chunked", "body_end_unclear", "identity, chunked"),
                chunks("chunked twice in one line", "body_end_unclear", "chunked, chunked"),
                chunks("chunked and a comma", "body_end_unclear", "chunked,"),
                chunks("a comma and chunked", "body_end_unclear", ",chunked"),
                chunks("chunked in quotes", "body_end_unclear", "\"chunked\""),
                chunks("chunked with a parameter", "body_end_unclear", "chunked;q=1"),
                chunks("compressed chunks", "body_end_unclear", "gzip, chunked"),
                chunks("an invented coding", "body_end_unclear", "cow"),
                chunks("identity", "body_end_unclear", "identity"),
                chunks("nothing", "body_end_unclear", ""),
                chunks("a folded line", "body_end_unclear", "x\r\n chunked"),
                chunks("a vertical tab", "header_malformed", "\u000bchunked"),
                chunks("a NUL", "header_malformed", "chunked\0"),
                chunks("a space that is none", "header_malformed", "\u00a0chunked"),
                chunks("two lines", "header_repeated", "chunked\r\nTransfer-Encoding: chunked"),
                chunks("two lines that differ", "header_repeated", "chunked\r\nTransfer-Encoding: identity"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("unclear")
    void headers_that_leave_the_end_unclear_are_refused(
            String name, String reason, int status, String headers, UnaryOperator<String> framing) {
        assertControls();

        String body = order(first);
        Replies answer = send(
                "POST " + Api.ORDERS + " HTTP/1.1\r\n",
                headers.replace("{length}", "Content-Length: " + body.length() + "\r\n")
                        .replace("{n}", String.valueOf(body.length())),
                framing.apply(body));

        assertEquals(List.of(status), answer.statuses(), answer.text());
        assertEquals(List.of(reason), answer.reasons(), answer.text());
        assertEquals(reason + " rest", log.edgeRejection(answer.correlationId()));
        assertPlaced(0, first);
        assertPlaced(0, second);
    }

    static Stream<Arguments> badChunks() {
        return Stream.of(
                chunk("a size that is no number", body -> "zz\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a size with a prefix", body -> "0x" + hex(body) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a size with a sign", body -> "+" + hex(body) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a negative size", body -> "-1\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a size behind a space", body -> " " + hex(body) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a size beyond all", body -> "f".repeat(40) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("no size", body -> "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("no line end behind the data", body -> hex(body) + "\r\n" + body + "0\r\n\r\n"),
                chunk("more data than announced", body -> hex(body) + "\r\n" + body + "XX0\r\n\r\n"),
                chunk("a line feed in an extension", body -> hex(body) + ";a\nb\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a return in an extension", body -> hex(body) + ";a\rb\r\n" + body + "\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChunks")
    void chunks_that_cannot_be_read_are_the_senders_fault(String name, UnaryOperator<String> framing) {
        assertControls();

        Replies answer = send(
                "POST " + Api.ORDERS + " HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n", framing.apply(order(first)));

        assertEquals(List.of(400), answer.statuses(), answer.text());
        assertEquals(List.of("body_incomplete"), answer.reasons());
        assertPlaced(0, first);
        assertPlaced(0, second);
    }

    static Stream<Arguments> oddChunks() {
        return Stream.of(
                chunk("an extension", body -> hex(body) + ";a=b\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("an extension in quotes", body -> hex(body) + ";a=\";\"\r\n" + body + "\r\n0\r\n\r\n"),
                chunk(
                        "an extension without end",
                        body -> hex(body) + ";" + "a".repeat(100_000) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk("a space behind the size", body -> hex(body) + " \r\n" + body + "\r\n0\r\n\r\n"),
                chunk("zeros before the size", body -> "0".repeat(20) + hex(body) + "\r\n" + body + "\r\n0\r\n\r\n"),
                chunk(
                        "a size beyond 32 bits",
                        body -> "100000000".substring(0, 9 - hex(body).length()) + hex(body) + "\r\n" + body
                                + "\r\n0\r\n\r\n"),
                chunk(
                        "a size beyond 64 bits",
                        body -> "10000000000000000".substring(0, 17 - hex(body).length()) + hex(body) + "\r\n" + body
                                + "\r\n0\r\n\r\n"),
                chunk("line feeds alone", body -> hex(body) + "\n" + body + "\n0\n\n"),
                chunk(
                        "a token in a trailer",
                        body -> hex(body) + "\r\n" + body + "\r\n0\r\nAuthorization: Bearer x\r\nX-User: ada\r\n\r\n"));
    }

    /** The server reads these; a servlet cannot see them. So a connection ends with the first chunked request on it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("oddChunks")
    void behind_a_body_in_chunks_nothing_more_is_read(String name, UnaryOperator<String> framing) {
        assertControls();

        Replies answer = send(
                "POST " + Api.ORDERS + " HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n", framing.apply(order(first)));

        assertEquals(List.of(201), answer.statuses(), answer.text());
        assertPlaced(1, first);
        assertPlaced(0, second);
        assertEquals(
                List.of(Person.PAT.id), rows.find("select owner from orders where customer_name = '" + first + "'"));
    }

    @Test
    void a_length_beside_chunks_hides_nothing() {
        assertControls();
        for (String headers : List.of(
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 100000\r\n")) {
            assertEquals(
                    List.of(201),
                    send("POST " + Api.ORDERS + " HTTP/1.1\r\n", headers, chunked(order(first)))
                            .statuses());
            assertPlaced(0, second);
        }
    }

    @Test
    void a_second_order_inside_the_first_ones_body_is_no_request() {
        assertControls();
        String hidden = request(second);

        Replies answer = RawConnection.exchange(
                port,
                "POST " + Api.ORDERS + " HTTP/1.1\r\n" + head() + "Content-Length: " + (5 + hidden.length())
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden);

        assertEquals(List.of(400), answer.statuses(), answer.text());
        assertEquals(List.of("body_invalid"), answer.reasons());
        assertPlaced(0, second);
    }

    @Test
    void two_lengths_that_differ_end_the_connection() {
        assertControls();
        String body = order(first);

        Replies large = send(
                "POST " + Api.ORDERS + " HTTP/1.1\r\n",
                "Content-Length: " + body.length() + "\r\nContent-Length: 0\r\n",
                body);
        Replies small = send(
                "POST " + Api.ORDERS + " HTTP/1.1\r\n",
                "Content-Length: 0\r\nContent-Length: " + body.length() + "\r\n",
                body);

        assertEquals(List.of(201), large.statuses(), large.text());
        assertEquals(List.of(400), small.statuses(), small.text());
        assertPlaced(1, first);
        assertPlaced(0, second);
    }

    /** The server drops such a length unseen; a proxy in front must refuse it. Noticed here, should that change. */
    @Test
    void a_length_that_is_no_number_is_not_seen_where_there_is_no_body() {
        for (String length : List.of("20", "x", "20, 20", "0x14", "-1", "")) {
            Replies answer = send(
                    "GET " + Api.ORDERS + " HTTP/1.1\r\n",
                    "Content-Length: " + length + "\r\n",
                    length.equals("20") ? " ".repeat(20) : "");

            assertEquals(List.of(200, 201), answer.statuses(), answer.text());
        }
    }

    @Test
    void chunks_are_not_known_before_http_1_1() {
        assertControls();

        Replies answer =
                send("POST " + Api.ORDERS + " HTTP/1.0\r\n", "Transfer-Encoding: chunked\r\n", chunked(order(first)));

        assertEquals(List.of("body_end_unclear"), answer.reasons(), answer.text());
        assertPlaced(0, first);
    }

    @Test
    void an_upgrade_to_http_2_is_not_taken() {
        for (String upgrade : List.of("h2c", "websocket")) {
            String body = order(first);
            Replies answer = send(
                    "POST " + Api.ORDERS + " HTTP/1.1\r\n",
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + upgrade
                            + "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: " + body.length()
                            + "\r\n",
                    body);
            assertEquals(List.of(201, 201), answer.statuses(), answer.text());
        }
        Replies preface = RawConnection.exchange(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        assertEquals(List.of("protocol_not_supported"), preface.reasons(), preface.text());
    }

    /** The same two orders, with a plain length and in plain chunks. */
    private void assertControls() {
        String one = "one-" + UUID.randomUUID();
        String body = order(one);
        Replies plain = send("POST " + Api.ORDERS + " HTTP/1.1\r\n", "Content-Length: " + body.length() + "\r\n", body);
        assertEquals(List.of(201, 201), plain.statuses(), plain.text());
        assertPlaced(1, one);
        assertPlaced(1, second);
        rows.change("delete from orders where number > 8");

        Replies chunked = send("POST " + Api.ORDERS + " HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n", chunked(body));
        assertEquals(List.of(201), chunked.statuses(), chunked.text());
        assertPlaced(1, one);
        assertPlaced(0, second);
        rows.change("delete from orders where number > 8");
    }

    private void assertPlaced(int count, String customer) {
        assertEquals(
                List.of(String.valueOf(count)),
                rows.find("select count(*) from orders where customer_name = '" + customer + "'"),
                customer);
    }

    private Replies send(String line, String headers, String body) {
        return RawConnection.exchange(port, line + head() + headers + "\r\n" + body + request(second));
    }

    private String request(String customer) {
        String body = order(customer);
        return "POST " + Api.ORDERS + " HTTP/1.1\r\n" + head() + "Content-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private String head() {
        return "Host: localhost:" + port + "\r\nAuthorization: Bearer "
                + api.signIn().token(Person.PAT) + "\r\nContent-Type: application/json\r\n";
    }

    private static String order(String customer) {
        return "{\"customer_name\":\"" + customer + "\",\"product\":\"Lamp\",\"quantity\":1}";
    }

    private static String chunked(String body) {
        return hex(body) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static String hex(String body) {
        return Integer.toHexString(body.length());
    }

    private static Arguments length(String name, String reason, int status, String headers) {
        return Arguments.of(name, reason, status, headers, (UnaryOperator<String>) body -> body);
    }

    private static Arguments chunks(String name, String reason, String coding) {
        return Arguments.of(name, reason, 400, "Transfer-Encoding: " + coding + "\r\n", (UnaryOperator<String>)
                EdgeSmugglingIT::chunked);
    }

    private static Arguments chunk(String name, UnaryOperator<String> framing) {
        return Arguments.of(name, framing);
    }
}
