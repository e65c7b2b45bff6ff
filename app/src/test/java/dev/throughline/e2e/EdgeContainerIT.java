package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.throughline.e2e.RawConnection.Replies;
import dev.throughline.local.run.LocalStack;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the server's channel decides before any code of ours, pinned, so that another version of the server that decides
 * otherwise is noticed. The table of docs/edge.md is made of these rows.
 */
class EdgeContainerIT {
    private static final String ORDER = "GET /api/v1/orders/ORD-003 HTTP/1.1\r\n";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final int port = stack.ports().web();

    static Stream<Arguments> refusedByTheChannel() {
        return Stream.of(
                row(400, "a header of 40 KiB", ORDER, "X-A: " + "a".repeat(40 * 1024) + "\r\n"),
                row(400, "a name of 40 KiB", ORDER, "X".repeat(40 * 1024) + ": a\r\n"),
                row(400, "an address of 40 KiB", ORDER.replace("003", "003?" + "a".repeat(40 * 1024)), ""),
                row(400, "a header of 1 MiB", ORDER, "X-A: " + "a".repeat(1024 * 1024) + "\r\n"),
                row(400, "1,000 headers", ORDER, manyHeaders()),
                row(400, "a line without a colon", ORDER, "X-A\r\n"),
                row(400, "a header without a name", ORDER, ": a\r\n"),
                row(400, "a space in a name", ORDER, "X A: a\r\n"),
                row(400, "a control character in a name", ORDER, "X\u0001A: a\r\n"),
                row(400, "a byte beyond ASCII in a name", ORDER, "X\u00e9: a\r\n"),
                row(400, "NUL in the path, encoded", ORDER.replace("003", "003%00"), ""),
                row(400, "NUL in the path", ORDER.replace("003", "003\0"), ""),
                row(400, "a line end in the path, encoded", ORDER.replace("003", "003%0d%0a"), ""),
                row(400, "markup in a path that is refused", ORDER.replace("003", "<b>%00"), ""),
                row(400, "a broken encoding in the path", ORDER.replace("003", "003%zz"), ""),
                row(400, "tabs in the first line", ORDER.replace(' ', '\t'), ""),
                row(400, "a first line of one word", "GET\r\n", ""),
                row(400, "CONNECT", "CONNECT localhost:1 HTTP/1.1\r\n", ""),
                row(505, "a first line of four words", "GET /api/v1/orders x HTTP/1.1\r\n", ""),
                row(505, "a first line without a version", "GET /api/v1/orders\r\n", ""));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedByTheChannel")
    void the_channel_refuses(int status, String name, String line, String headers) {
        assertEquals(List.of(200), send(ORDER, "").statuses());

        Replies answer = send(line, headers);

        assertEquals(List.of(status), answer.statuses(), answer.text());
        assertFalse(answer.text().contains("Monitor Stand"), answer.text());
        assertFalse(answer.text().contains("X-Correlation-ID"), "Answered by us: " + answer.text());
        assertFalse(answer.text().contains("<b>"), answer.text());
        // Its own page has a number for the message, and nothing else of its insides.
        Problems.assertDiscreet(answer.text().replaceAll("CWWW\\w+", ""));
    }

    static Stream<Arguments> letThrough() {
        return Stream.of(
                row(200, "line feeds for line ends", ORDER.replace("\r\n", "\n"), ""),
                row(200, "a return for a line end", ORDER, "X-A: a\rX-B: b\r\n"),
                row(200, "a line feed for a line end", ORDER, "X-A: a\nX-B: b\r\n"),
                row(200, "a folded line", ORDER, "X-A: a\r\n b\r\n"),
                row(200, "a space before the colon", ORDER, "X-A : a\r\n"),
                row(200, "empty lines before the first", "\r\n\r\n" + ORDER, ""),
                row(200, "a method in lower case", ORDER.replace("GET", "get"), ""),
                row(200, "a length that is no number", ORDER, "Content-Length: x\r\n"),
                row(200, "an expectation that nobody meets", ORDER, "Expect: a miracle\r\n"));
    }

    /** None of it can be seen in a servlet: the channel has mended it by then. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("letThrough")
    void the_channel_mends_and_hands_on(int status, String name, String line, String headers) {
        assertEquals(List.of(status), send(line, headers).statuses(), name);
    }

    private Replies send(String line, String headers) {
        return RawConnection.exchange(
                port,
                line + "Host: localhost:" + port + "\r\nAuthorization: Bearer "
                        + api.signIn().token(Person.VIC) + "\r\n" + headers + "Connection: close\r\n\r\n");
    }

    private static String manyHeaders() {
        return IntStream.range(0, 1000).mapToObj(i -> "X-" + i + ": a\r\n").collect(Collectors.joining());
    }

    private static Arguments row(int status, String name, String line, String headers) {
        return Arguments.of(status, name, line, headers);
    }
}
