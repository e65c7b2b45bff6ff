package dev.throughline.in.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not be looked at. Every refused request differs in one thing from one that is let through. */
class EdgeRulesTest {
    private static final URI TOKENS = URI.create("https://login.example");
    private static final EdgeSettings SETTINGS = new EdgeSettings(
            URI.create("https://desk.example"), Set.of("https://pages.example:8443"), TOKENS, false, false);
    private static final EdgeSettings LOCAL =
            new EdgeSettings(URI.create("http://localhost:9080"), Set.of(), TOKENS, true, true);

    private static final RequestHead GOOD = new RequestHead(
            "POST",
            "HTTP/1.1",
            "/api/v1/orders?limit=1",
            "desk.example",
            Map.of(
                    "host", List.of("desk.example"),
                    "origin", List.of("https://desk.example"),
                    "content-type", List.of("application/json"),
                    "content-length", List.of("20"),
                    "x-any", List.of("some value\twith a tab")));

    private final EdgeRules rules = EdgeRules.of(SETTINGS);

    static Stream<Arguments> hostile() {
        return Stream.of(
                bad("protocol_not_supported", "HTTP/2 as a word", protocol("HTTP/2.0")),
                bad("protocol_not_supported", "HTTP/1.2", protocol("HTTP/1.2")),
                bad("protocol_not_supported", "HTTP/1.10", protocol("HTTP/1.10")),
                bad("method_unknown", "a method in lower case", method("post")),
                bad("method_unknown", "an invented method", method("POST!")),
                bad("address_too_long", "a long address", target("/" + "a".repeat(8192))),
                bad("headers_too_large", "a hundred headers and one", manyHeaders(96)),
                bad("headers_too_large", "a large header", with("X-Large", "a".repeat(32_768))),
                bad("headers_too_large", "four large headers", fourLargeHeaders()),
                bad("header_malformed", "a NUL", with("X-Odd", "a\0b")),
                bad("header_malformed", "a line end", with("X-Odd", "a\nb")),
                bad("header_malformed", "a return", with("X-Odd", "a\rb")),
                bad("header_malformed", "an escape", with("X-Odd", "a\u001bb")),
                bad("header_malformed", "a DEL", with("X-Odd", "a\u007fb")),
                bad("header_malformed", "a letter beyond ASCII", with("X-Odd", "a\u00e9b")),
                bad("header_malformed", "a line end in a cookie", with("Cookie", "a=b\nc")),
                bad("header_repeated", "two hosts", with("Host", "desk.example")),
                bad("header_repeated", "two origins", with("Origin", "https://desk.example")),
                bad("header_repeated", "two media types", with("content-type", "application/json")),
                bad("header_repeated", "two lengths", with("Content-Length", "20")),
                bad("header_repeated", "two other lengths", with("Content-Length", "0")),
                bad("host_missing", "no host", without("Host")),
                bad("host_missing", "an empty host", replacing("Host", "")),
                bad("host_not_allowed", "another host", replacing("Host", "evil.example")),
                bad("host_not_allowed", "a host below ours", replacing("Host", "x.desk.example")),
                bad("host_not_allowed", "a host above ours", replacing("Host", "desk.example.evil.example")),
                bad("host_not_allowed", "another port", replacing("Host", "desk.example:8080")),
                bad("host_not_allowed", "this machine", replacing("Host", "localhost")),
                bad("host_not_allowed", "somebody before the host", replacing("Host", "evil@desk.example")),
                bad("host_not_allowed", "two hosts in one", replacing("Host", "desk.example, evil.example")),
                bad("host_not_allowed", "a dot at its end", replacing("Host", "desk.example.")),
                bad("host_mismatch", "another host in the address", addressed("evil.example")),
                bad("host_mismatch", "no host found", addressed("")),
                bad("origin_not_allowed", "another origin", replacing("Origin", "https://evil.example")),
                bad("origin_not_allowed", "no origin's origin", replacing("Origin", "null")),
                bad("origin_not_allowed", "an empty origin", replacing("Origin", "")),
                bad("origin_not_allowed", "our origin without TLS", replacing("Origin", "http://desk.example")),
                bad("origin_not_allowed", "our origin with a port", replacing("Origin", "https://desk.example:444")),
                bad("origin_not_allowed", "our origin in capitals", replacing("Origin", "https://DESK.example")),
                bad("origin_not_allowed", "our origin with a path", replacing("Origin", "https://desk.example/")),
                bad(
                        "origin_not_allowed",
                        "a name above ours",
                        replacing("Origin", "https://desk.example.evil.example")),
                bad(
                        "origin_not_allowed",
                        "two in one",
                        replacing("Origin", "https://desk.example https://evil.example")),
                bad("origin_not_allowed", "a page of this machine", replacing("Origin", "http://localhost:3000")),
                bad("body_end_unclear", "a length and chunks", with("Transfer-Encoding", "chunked")),
                bad("body_end_unclear", "a negative length", replacing("Content-Length", "-1")),
                bad("body_end_unclear", "a length with a sign", replacing("Content-Length", "+20")),
                bad("body_end_unclear", "two lengths in one", replacing("Content-Length", "20, 20")),
                bad("body_end_unclear", "a length in hexadecimal", replacing("Content-Length", "0x14")),
                bad("body_end_unclear", "an empty length", replacing("Content-Length", "")),
                bad("body_end_unclear", "a length beyond all", replacing("Content-Length", "18446744073709551636")),
                bad("length_required", "no length", without("Content-Length")),
                bad("body_too_large", "a byte too much", replacing("Content-Length", "1048577")),
                bad("body_encoded", "a compressed body", with("Content-Encoding", "gzip")),
                bad("body_encoded", "a body compressed twice", with("Content-Encoding", "identity, gzip")));
    }

    static Stream<Arguments> hostileChunks() {
        return Stream.of(
                bad("header_repeated", "chunked twice", with("Transfer-Encoding", "chunked")),
                bad("header_repeated", "and another", with("Transfer-Encoding", "cow")),
                bad("body_end_unclear", "a tail", replacing("Transfer-Encoding", "xchunked")),
                bad("body_end_unclear", "a list", replacing("Transfer-Encoding", "gzip, chunked")),
                bad("body_end_unclear", "a list the other way", replacing("Transfer-Encoding", "chunked, identity")),
                bad("body_end_unclear", "a list of one", replacing("Transfer-Encoding", "chunked,")),
                bad("body_end_unclear", "a parameter", replacing("Transfer-Encoding", "chunked;q=1")),
                bad("body_end_unclear", "quotes", replacing("Transfer-Encoding", "\"chunked\"")),
                bad("body_end_unclear", "nothing", replacing("Transfer-Encoding", "")),
                bad("body_end_unclear", "identity", replacing("Transfer-Encoding", "identity")),
                bad("header_malformed", "a vertical tab", replacing("Transfer-Encoding", "\u000bchunked")),
                bad("body_end_unclear", "an old protocol", protocol("HTTP/1.0")));
    }

    @Test
    void a_plain_request_is_let_through() {
        assertEquals(Optional.empty(), reason(GOOD));
        assertEquals(Optional.empty(), reason(chunked()));
        assertEquals(Optional.empty(), reason(after(GOOD, without("Origin"), protocol("HTTP/1.0"))));
        assertEquals(Optional.empty(), reason(after(GOOD, target("/" + "a".repeat(8191)))));
        assertEquals(Optional.empty(), reason(after(GOOD, manyHeaders(95))));
        assertEquals(Optional.empty(), reason(after(GOOD, replacing("Content-Length", "1048576"))));
        assertEquals(Optional.empty(), reason(after(GOOD, replacing("Host", "DESK.example:443"))));
        assertEquals(Optional.empty(), reason(after(GOOD, replacing("Origin", "https://pages.example:8443"))));
        assertEquals(Optional.empty(), reason(after(GOOD, with("Content-Encoding", "identity"))));
    }

    @Test
    void a_header_that_is_a_list_may_have_several_lines() {
        assertEquals(
                Optional.empty(),
                reason(after(GOOD, with("Accept", "application/json"), with("Accept", "text/event-stream"))));
    }

    @Test
    void what_is_the_gates_or_nobodys_is_left_to_them() {
        assertEquals(
                Optional.empty(),
                reason(after(GOOD, with("Authorization", "Bearer a\0b"), with("Authorization", "Bearer \u00e9"))));
        assertEquals(Optional.empty(), reason(after(GOOD, with("Cookie", "name=\u00e9"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostile")
    void a_request_that_differs_from_it_in_one_thing_is_not(
            String reason, String name, UnaryOperator<RequestHead> change) {
        assertEquals(Optional.of(reason), reason(after(GOOD, change)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostileChunks")
    void chunks_are_announced_in_one_way_only(String reason, String name, UnaryOperator<RequestHead> change) {
        assertEquals(Optional.of(reason), reason(after(chunked(), change)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match",
                "If-None-Match",
                "Idempotency-Key",
                "MCP-Protocol-Version",
                "Mcp-Session-Id",
                "Mcp-Method",
                "Mcp-Name",
                "Last-Event-ID",
                "traceparent",
                "tracestate",
                "X-Correlation-ID",
                "Expect",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
                "Content-Encoding",
                "User-Agent",
                "Referer"
            })
    void a_header_that_decides_comes_once(String name) {
        RequestHead once = after(GOOD, with(name, "identity"));

        assertEquals(Optional.empty(), reason(once));
        assertEquals(Optional.of("header_repeated"), reason(after(once, with(name, "identity"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9080", "LOCALHOST:1", "127.0.0.1:65535", "[::1]", "[::1]:9080"})
    void on_ones_own_machine_every_name_of_it_will_do(String host) {
        assertEquals(Optional.empty(), localReason(host, "http://localhost:9080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.evil.example",
                "evil.localhost",
                "127.0.0.2",
                "[::2]",
                "0.0.0.0",
                "localhost:123456",
                "::1"
            })
    void on_ones_own_machine_no_other_name_will_do(String host) {
        assertEquals(Optional.empty(), localReason("localhost:9080", "http://localhost:9080"));
        assertEquals(Optional.of("host_not_allowed"), localReason(host, "http://localhost:9080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:6274", "https://localhost:9443", "http://127.0.0.1:3000", "http://localhost"})
    void pages_of_ones_own_machine_may_call(String origin) {
        assertEquals(Optional.empty(), localReason("localhost:9080", origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example",
                "http://evil.example:9080",
                "http://localhost:1@evil.example",
                "http://localhost:x",
                "http://[::1]:1",
                "http://LOCALHOST:9080",
                "null",
                "file://",
                "vscode-webview://localhost",
                "http://localhost:9080/"
            })
    void no_other_page_may_call_there(String origin) {
        assertEquals(Optional.empty(), localReason("localhost:9080", "http://localhost:9080"));
        assertEquals(Optional.of("origin_not_allowed"), localReason("localhost:9080", origin));
    }

    @Test
    void the_same_origin_is_spelled_as_browsers_do_however_the_setting_spells_it() {
        EdgeSettings spelled = new EdgeSettings(URI.create("https://Desk.Example:443"), Set.of(), TOKENS, false, false);

        assertEquals("https://desk.example", spelled.ownOrigin());
        assertEquals(Set.of("desk.example", "desk.example:443"), spelled.ownHosts());
        assertEquals("http://localhost:9080", LOCAL.ownOrigin());
        assertEquals(Set.of("localhost:9080"), LOCAL.ownHosts());
    }

    @Test
    void without_any_rule_some_request_gets_in_or_is_told_another_reason() {
        for (EdgeRule left : rules.all()) {
            EdgeRules others = new EdgeRules(
                    rules.all().stream().filter(rule -> rule != left).toList());

            assertTrue(
                    Stream.concat(
                                    hostile().map(row -> after(GOOD, change(row))),
                                    hostileChunks().map(row -> after(chunked(), change(row))))
                            .anyMatch(head -> !others.rejectionOf(head).equals(rules.rejectionOf(head))),
                    "Nothing changes without: " + left.name());
        }
    }

    private Optional<String> reason(RequestHead head) {
        return rules.rejectionOf(head).map(EdgeRejection::code);
    }

    private static Optional<String> localReason(String host, String origin) {
        RequestHead head = new RequestHead(
                "GET",
                "HTTP/1.1",
                "/",
                AllowedHosts.nameIn(host),
                Map.of("host", List.of(host), "origin", List.of(origin)));
        return EdgeRules.of(LOCAL).rejectionOf(head).map(EdgeRejection::code);
    }

    @SafeVarargs
    private static RequestHead after(RequestHead head, UnaryOperator<RequestHead>... changes) {
        RequestHead changed = head;
        for (UnaryOperator<RequestHead> change : changes) {
            changed = change.apply(changed);
        }
        return changed;
    }

    private static RequestHead chunked() {
        return after(GOOD, without("Content-Length"), with("Transfer-Encoding", "Chunked"));
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<RequestHead> change(Arguments row) {
        return (UnaryOperator<RequestHead>) row.get()[2];
    }

    private static Arguments bad(String reason, String name, UnaryOperator<RequestHead> change) {
        return Arguments.of(reason, name, change);
    }

    private static UnaryOperator<RequestHead> method(String method) {
        return head -> new RequestHead(method, head.protocol(), head.target(), head.addressedHost(), head.headers());
    }

    private static UnaryOperator<RequestHead> protocol(String protocol) {
        return head -> new RequestHead(head.method(), protocol, head.target(), head.addressedHost(), head.headers());
    }

    private static UnaryOperator<RequestHead> target(String target) {
        return head -> new RequestHead(head.method(), head.protocol(), target, head.addressedHost(), head.headers());
    }

    private static UnaryOperator<RequestHead> addressed(String host) {
        return head -> new RequestHead(head.method(), head.protocol(), head.target(), host, head.headers());
    }

    private static UnaryOperator<RequestHead> manyHeaders(int count) {
        return head -> IntStream.range(0, count)
                .mapToObj(i -> with("X-" + i, "a"))
                .reduce(head, (all, next) -> next.apply(all), (one, other) -> other);
    }

    private static UnaryOperator<RequestHead> fourLargeHeaders() {
        return head -> IntStream.range(0, 4)
                .mapToObj(i -> with("X-" + i, "a".repeat(8192)))
                .reduce(head, (all, next) -> next.apply(all), (one, other) -> other);
    }

    private static UnaryOperator<RequestHead> with(String name, String value) {
        return changed(name, lines -> {
            List<String> more = new ArrayList<>(lines);
            more.add(value);
            return more;
        });
    }

    private static UnaryOperator<RequestHead> replacing(String name, String value) {
        return changed(name, lines -> List.of(value));
    }

    private static UnaryOperator<RequestHead> without(String name) {
        return changed(name, lines -> List.of());
    }

    private static UnaryOperator<RequestHead> changed(String name, UnaryOperator<List<String>> change) {
        return head -> {
            Map<String, List<String>> headers = new HashMap<>(head.headers());
            String key = name.toLowerCase(Locale.ROOT);
            List<String> lines = change.apply(headers.getOrDefault(key, List.of()));
            if (lines.isEmpty()) {
                headers.remove(key);
            } else {
                headers.put(key, lines);
            }
            return new RequestHead(
                    head.method(), head.protocol(), head.target(), head.addressedHost(), Map.copyOf(headers));
        };
    }
}
