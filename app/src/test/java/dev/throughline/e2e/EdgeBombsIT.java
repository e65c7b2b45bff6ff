package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON that is small to send and large to read; each is a good body with one value replaced. */
class EdgeBombsIT {
    private static final String ORDER = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":@}";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list-orders\",\"arguments\":{\"limit\":@}}}";
    private static final String MESSAGE = "{\"message\":@}";

    /** The chat's good request takes long to answer and is sent once. */
    private static final AtomicBoolean CHAT_IS_OPEN = new AtomicBoolean();

    /** Many times what any of them takes, for the sake of busy machines. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Api api = new Api(Running.stack());

    @AfterEach
    void only_the_samples_are_left() {
        new Rows(Running.stack()).change("delete from orders where number > 8");
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                bomb("an array in a hundred thousand others", nested(100_000), 413, 400, 413),
                bomb("an array in twenty thousand others", nested(20_000), 400, 400, 400),
                bomb(
                        "an object in ten thousand others",
                        "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                        400,
                        400,
                        400),
                bomb(
                        "an object in five thousand others",
                        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
                        400,
                        400,
                        400),
                bomb("a million names", names(1_000_000), 413, 413, 413),
                bomb("five thousand names", names(5_000), 400, 200, 400),
                bomb("a number of a million digits", "9".repeat(1_000_000), 413, 400, 413),
                bomb("a number of fifty thousand digits", "9".repeat(50_000), 400, 400, 400),
                bomb("a fraction of fifty thousand digits", "0." + "1".repeat(50_000), 400, 400, 400),
                bomb("a number beyond all doubles", "1e400", 400, 200, 400),
                bomb("an exponent without end", "1e2147483647", 400, 200, 400),
                bomb("an exponent beyond all integers", "1e99999999999", 400, 400, 400),
                bomb("a tiny number", "1e-2147483647", 400, 200, 400),
                bomb("not a number", "NaN", 400, 400, 400),
                bomb("infinity", "Infinity", 400, 400, 400),
                bomb("the same name twice inside", "{\"a\":1,\"a\":2}", 400, 400, 400),
                bomb("a text of half a million characters", "\"" + "a".repeat(500_000) + "\"", 413, 200, 413),
                bomb("half an escape", "\"\\u12\"", 400, 400, 400),
                bomb("a text without end", "\"a", 400, 400, 400),
                bomb("a hundred MiB announced", "\"" + "a".repeat(1024 * 1024) + "\"", 413, 413, 413));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void a_bomb_is_refused_soon(String name, String value, int rest, int mcp, int chat) {
        assertEquals(201, send(Person.PAT, Api.ORDERS, ORDER, "1").statusCode());
        assertEquals(200, send(Person.VIC, Api.MCP, CALL, "1").statusCode());
        if (CHAT_IS_OPEN.compareAndSet(false, true)) {
            assertEquals(200, send(Person.VIC, Api.CHAT, MESSAGE, "\"help\"").statusCode());
        }

        long begin = System.nanoTime();
        assertRefused(rest, send(Person.PAT, Api.ORDERS, ORDER, value));
        assertRefused(mcp, send(Person.VIC, Api.MCP, CALL, value));
        assertRefused(chat, send(Person.VIC, Api.CHAT, MESSAGE, value));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertTrue(taken.compareTo(SOON) < 0, taken.toString());
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                Arguments.of(
                        "a byte order mark",
                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
                        StandardCharsets.UTF_8),
                Arguments.of("UTF-16", new byte[0], StandardCharsets.UTF_16),
                Arguments.of("UTF-16 without a mark", new byte[0], StandardCharsets.UTF_16LE),
                Arguments.of("a byte that begins nothing", new byte[] {(byte) 0xFF}, StandardCharsets.UTF_8),
                Arguments.of("an overlong character", new byte[] {(byte) 0xC0, (byte) 0xA0}, StandardCharsets.UTF_8),
                Arguments.of(
                        "half a pair", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void json_is_spelled_in_utf_8_alone(String name, byte[] before, java.nio.charset.Charset charset) {
        assertEquals(201, send(Person.PAT, Api.ORDERS, ORDER, "1").statusCode());
        for (String path : List.of(Api.ORDERS, Api.MCP, Api.CHAT)) {
            String template = path.equals(Api.ORDERS) ? ORDER : path.equals(Api.MCP) ? CALL : MESSAGE;
            byte[] text = template.replace("@", path.equals(Api.CHAT) ? "\"help\"" : "1")
                    .getBytes(charset);
            byte[] body = java.nio.ByteBuffer.allocate(before.length + text.length)
                    .put(before)
                    .put(text)
                    .array();

            assertRefused(
                    400,
                    Http.send(api.as(Person.PAT, path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body))));
        }
    }

    private static void assertRefused(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        if (status == 200) {
            assertTrue(Json.of(answer.body()).at("/result").flag("isError"), answer.body());
        }
        assertTrue(answer.body().length() < 1000, answer.body());
        assertDiscreet(answer.body());
    }

    private HttpResponse<String> send(Person person, String path, String template, String value) {
        return api.post(person, path, template.replace("@", value));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static Arguments bomb(String name, String value, int rest, int mcp, int chat) {
        return Arguments.of(name, value, rest, mcp, chat);
    }
}
