package dev.throughline.in.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.Told;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge adds to every answer, and what it answers itself. */
class EdgeTest {
    private static final String OURS = "https://desk.example";
    private static final String LISTED = "https://pages.example";

    private final Told told = new Told();
    private final Edge edge = edge(OURS);

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/orders", "/api/v1/mcp", "/", "/assets/x.js"})
    void every_answer_keeps_browsers_from_harm(String address) throws Exception {
        for (Exchange exchange : List.of(get(address), get(address).replacing("Host", "evil.example"))) {
            edge.lets(exchange.request(), exchange.response());

            assertTrue(exchange.header("Content-Security-Policy").orElseThrow().contains("default-src 'none'"));
            assertTrue(exchange.header("Content-Security-Policy").orElseThrow().contains("require-trusted-types-for"));
            assertEquals(Optional.of("nosniff"), exchange.header("X-Content-Type-Options"));
            assertEquals(Optional.of("same-origin"), exchange.header("Cross-Origin-Resource-Policy"));
            assertEquals(Optional.of("max-age=31536000"), exchange.header("Strict-Transport-Security"));
            assertEquals(Optional.of("Origin"), exchange.header("Vary"));
            assertTrue(exchange.header("X-Correlation-ID").isPresent());
        }
    }

    @Test
    void nothing_of_the_api_is_kept_on_disk() throws Exception {
        assertEquals(Optional.of("no-store"), passed(get("/api/v1/orders")).header("Cache-Control"));
        assertEquals(Optional.empty(), passed(get("/assets/x.js")).header("Cache-Control"));
    }

    @Test
    void https_is_not_demanded_where_there_is_none() throws Exception {
        Exchange exchange = get("/").replacing("Host", "localhost:9080");

        assertTrue(edge("http://localhost:9080").lets(exchange.request(), exchange.response()));
        assertEquals(Optional.empty(), exchange.header("Strict-Transport-Security"));
    }

    @Test
    void a_page_of_an_allowed_origin_may_read_the_answer() throws Exception {
        for (String origin : List.of(OURS, LISTED)) {
            Exchange exchange = passed(get("/api/v1/orders").with("Origin", origin));

            assertEquals(Optional.of(origin), exchange.header("Access-Control-Allow-Origin"));
            assertEquals(
                    Optional.of(
                            "ETag, Idempotency-Replayed, Location, Retry-After, WWW-Authenticate, X-Correlation-ID"),
                    exchange.header("Access-Control-Expose-Headers"));
            assertEquals(Optional.empty(), exchange.header("Access-Control-Allow-Credentials"));
        }
        assertEquals(Optional.empty(), passed(get("/api/v1/orders")).header("Access-Control-Allow-Origin"));
    }

    @Test
    void it_may_read_a_refusal_too() throws Exception {
        Exchange exchange = refused(get("/api/v1/orders").with("Origin", LISTED).with("Content-Encoding", "gzip"));

        assertEquals(415, exchange.status());
        assertEquals(Optional.of(LISTED), exchange.header("Access-Control-Allow-Origin"));
    }

    @Test
    void a_page_of_any_other_origin_may_not() throws Exception {
        Exchange exchange = refused(get("/api/v1/orders").with("Origin", "https://evil.example"));

        assertEquals(403, exchange.status());
        assertTrue(exchange.text().contains("\"reason\":\"origin_not_allowed\""));
        assertEquals(Optional.empty(), exchange.header("Access-Control-Allow-Origin"));
        assertEquals(Map.of("edge origin_not_allowed rest", 1), told.counts());
    }

    @Test
    void a_browser_that_asks_is_told_what_pages_may_send() throws Exception {
        Exchange exchange = refused(preflight(LISTED));

        assertEquals(204, exchange.status());
        assertEquals("", exchange.text());
        assertEquals(Optional.of(LISTED), exchange.header("Access-Control-Allow-Origin"));
        assertEquals(Optional.of("GET, HEAD, POST, PUT, DELETE"), exchange.header("Access-Control-Allow-Methods"));
        assertTrue(exchange.header("Access-Control-Allow-Headers").orElseThrow().contains("Authorization"));
        assertEquals(Optional.of("600"), exchange.header("Access-Control-Max-Age"));
        assertEquals(Map.of(), told.counts());
    }

    @Test
    void a_browser_that_asks_for_another_origin_is_refused() throws Exception {
        Exchange exchange = refused(preflight("https://evil.example"));

        assertEquals(403, exchange.status());
        assertEquals(Optional.empty(), exchange.header("Access-Control-Allow-Methods"));
    }

    @Test
    void what_lacks_a_mark_of_such_a_question_is_left_to_others() throws Exception {
        assertEquals(204, refused(preflight(LISTED)).status());

        passed(preflight(LISTED).without("Access-Control-Request-Method"));
        passed(preflight(LISTED).without("Origin"));
        passed(get("/api/v1/orders").with("Origin", LISTED).with("Access-Control-Request-Method", "PUT"));
    }

    @Test
    void the_connection_ends_where_the_request_may_end_elsewhere() throws Exception {
        assertEquals(Optional.empty(), passed(get("/api/v1/orders")).header("Connection"));
        assertEquals(
                Optional.of("close"),
                passed(get("/api/v1/orders").with("Transfer-Encoding", "chunked"))
                        .header("Connection"));
        assertEquals(
                Optional.of("close"),
                refused(get("/api/v1/orders").replacing("Host", "evil.example")).header("Connection"));
    }

    @Test
    void a_request_is_decided_counted_and_answered_once() throws Exception {
        Exchange good = passed(get("/api/v1/orders"));
        assertTrue(edge.lets(good.replacing("Host", "evil.example").request(), good.response()));
        assertEquals(Map.of(), told.counts());

        Exchange bad = refused(get("/api/v1/chat").replacing("Host", "evil.example"));
        String answer = bad.text();
        refused(bad);
        assertEquals(answer, bad.text());
        assertEquals(Map.of("edge host_not_allowed chat", 1), told.counts());

        refused(get("/assets/x.js").replacing("Host", "evil.example"));
        assertEquals(Map.of("edge host_not_allowed chat", 1, "edge host_not_allowed web", 1), told.counts());
    }

    private Exchange passed(Exchange exchange) throws IOException {
        assertTrue(edge.lets(exchange.request(), exchange.response()), exchange.text());
        return exchange;
    }

    private Exchange refused(Exchange exchange) throws IOException {
        assertFalse(edge.lets(exchange.request(), exchange.response()));
        return exchange;
    }

    private static Exchange get(String address) {
        return Exchange.of("GET", address, new byte[0]).with("Host", "desk.example");
    }

    private static Exchange preflight(String origin) {
        return Exchange.of("OPTIONS", "/api/v1/orders", new byte[0])
                .with("Host", "desk.example")
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "PUT");
    }

    private Edge edge(String publicUrl) {
        return new Edge(
                new EdgeSettings(
                        URI.create(publicUrl), Set.of(LISTED), URI.create("https://login.example"), false, false),
                told.events(Clock.systemUTC()));
    }
}
