package dev.throughline.in.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecurityEventsTest {
    private static final Deny DENIED = new Deny(DenyReason.ROLE_NOT_SUFFICIENT);

    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Told told = new Told();
    private final SecurityEvents events = told.events(clock);

    private static Occasion occasion(String path, String correlationId, String token) {
        return Occasion.of(
                Exchange.of("POST", path, new byte[0])
                        .with("X-Correlation-ID", correlationId)
                        .request(),
                Optional.of(token));
    }

    private JsonNode last(String logger) {
        String line = told.lines().get(told.lines().size() - 1);
        assertTrue(line.startsWith(logger + " "), line);
        return JsonMapper.shared().readTree(line.substring(line.indexOf('{')));
    }

    @Test
    void a_rejected_request_is_told_with_reason_adapter_correlation_id_and_the_name_of_its_token() {
        events.authnReject(occasion("/api/v1/mcp", "trace-1", "a.b.c"), "expired", 401);

        JsonNode event = last("dev.throughline.authn");
        assertEquals("authn_reject", event.get("event").stringValue());
        assertEquals("2026-03-01T09:00:00Z", event.get("at").stringValue());
        assertEquals("expired", event.get("reason").stringValue());
        assertEquals("mcp", event.get("adapter").stringValue());
        assertEquals("trace-1", event.get("correlation_id").stringValue());
        assertTrue(event.get("token").stringValue().matches("[0-9a-f]{16}"));
        assertEquals(6, event.size(), "Of a caller who was not let in nothing else is known");
        assertEquals(Map.of("authn expired mcp", 1), told.counts());
    }

    @Test
    void a_request_without_a_token_is_told_without_one() {
        events.authnReject(
                Occasion.of(Exchange.of("GET", "/api/v1/orders", new byte[0]).request()), "missing", 401);

        assertFalse(last("dev.throughline.authn").has("token"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/orders, rest",
        "/api/v1/orders/ORD-001, rest",
        "/api/v1/mcp, mcp",
        "/api/v1/chat, chat",
        "/api/anything, rest",
        "/, web",
        "/health, web"
    })
    void the_adapter_is_one_of_four(String path, String adapter) {
        assertEquals(adapter, occasion(path, "trace-1", "a.b.c").adapter());
    }

    static Stream<Arguments> callers() {
        return Stream.of(
                Arguments.of("user", People.directly(People.VIC)),
                Arguments.of("agent", People.throughAssistant(People.VIC)),
                Arguments.of("unknown_agent", People.throughUnknownAgent(People.VIC)),
                Arguments.of("agent_itself", People.nightAgent()),
                Arguments.of("run", People.throughRun(People.VIC, People.FUNCTIONS, Consent.ALLOWED)));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void a_refusal_of_the_policy_is_told_with_who_it_was_by_ids_and_counted_without(String agentClass, Caller caller) {
        events.authzRefusal(occasion("/api/v1/orders", "trace-1", "a.b.c"), caller, Action.DELETE_ORDER, DENIED);

        JsonNode event = last("dev.throughline.authz");
        assertEquals("authz_deny", event.get("event").stringValue());
        assertEquals("role_not_sufficient", event.get("reason").stringValue());
        assertEquals("rest", event.get("adapter").stringValue());
        assertEquals("trace-1", event.get("correlation_id").stringValue());
        assertEquals("delete-order", event.get("action").stringValue());
        assertEquals(agentClass, event.get("agent_class").stringValue());
        assertEquals(caller.tenant().toString(), event.get("tenant").stringValue());
        assertEquals(caller.client().value(), event.get("client").stringValue());
        assertEquals(
                caller.person().map(user -> user.id().toString()),
                Optional.ofNullable(event.get("user")).map(JsonNode::stringValue));
        assertEquals(
                caller.actingAgent().map(agent -> agent.name()),
                Optional.ofNullable(event.get("agent")).map(JsonNode::stringValue));
        assertEquals(Map.of("authz role_not_sufficient delete-order " + agentClass, 1), told.counts());
    }

    @Test
    void a_missing_scope_is_told_with_the_scopes_that_would_do() {
        events.authzRefusal(
                occasion("/api/v1/mcp", "trace-1", "a.b.c"),
                People.directly(People.VIC),
                Action.CREATE_ORDER,
                new NeedsScope(Set.of(Scope.ORDERS_WRITE)));

        JsonNode event = last("dev.throughline.authz");
        assertEquals("authz_needs_scope", event.get("event").stringValue());
        assertEquals("scope_missing", event.get("reason").stringValue());
        assertEquals("Orders.Write", event.get("scopes").stringValue());
        assertEquals(Map.of("authz scope_missing create-order user", 1), told.counts());
    }

    @Test
    void that_a_person_is_asked_is_told_by_its_own_name_and_alarms_nobody() {
        now = now.plusSeconds(3600);
        Occasion run = Occasion.ofRun("corr-1");
        Caller unasked = People.throughRun(People.VIC, People.FUNCTIONS, Consent.NONE);
        Refusal consent = (Refusal) Desk.POLICY.decide(unasked, Action.LIST_ORDERS, Facts.at(Door.MCP), now);
        Caller editor = People.through(People.ADA, People.EDITOR, Consent.ALLOWED);
        Refusal approval = (Refusal) Desk.POLICY.decide(editor, Action.CREATE_ORDER, Facts.at(Door.MCP), now);

        for (int i = 0; i < 100; i++) {
            events.authzRefusal(run, unasked, Action.LIST_ORDERS, consent);
        }
        JsonNode event = last("dev.throughline.authz");
        assertEquals("authz_needs_consent", event.get("event").stringValue());
        assertEquals("consent_needed", event.get("reason").stringValue());
        assertEquals("chat", event.get("adapter").stringValue());
        assertEquals("corr-1", event.get("correlation_id").stringValue());
        assertFalse(event.has("token"), "A run's calls carry none");
        for (int i = 0; i < 100; i++) {
            events.authzRefusal(run, editor, Action.CREATE_ORDER, approval);
        }
        assertEquals(
                "authz_needs_approval",
                last("dev.throughline.authz").get("event").stringValue());
        events.lookForSpikes();
        assertEquals(List.of(), alerts());

        for (int i = 0; i < 100; i++) {
            events.authzRefusal(run, editor, Action.CREATE_ORDER, new Deny(DenyReason.APPROVAL_DENIED));
        }
        events.lookForSpikes();
        assertEquals(List.of("spike_403"), alerts());
    }

    @Test
    void what_the_edge_turns_away_and_what_comes_too_often_is_told_in_the_same_form() {
        Occasion occasion = occasion("/api/v1/chat", "trace-1", "a.b.c");

        events.edgeReject(occasion, "host_not_allowed", 421);
        assertEquals("edge_reject", last("dev.throughline.edge").get("event").stringValue());
        assertEquals(421, last("dev.throughline.edge").get("status").intValue());
        events.rateLimited(occasion, People.directly(People.VIC), "user");

        JsonNode event = last("dev.throughline.authz");
        assertEquals("rate_limited", event.get("event").stringValue());
        assertEquals("user", event.get("reason").stringValue());
        assertEquals(People.VIC.id().toString(), event.get("user").stringValue());
    }

    @Test
    void two_events_of_one_token_name_it_alike_and_two_tokens_differ() {
        TokenIds ids = new TokenIds(new byte[32]);

        assertEquals(ids.of("a.b.c"), new TokenIds(new byte[32]).of("a.b.c"));
        assertNotEquals(ids.of("a.b.c"), ids.of("a.b.d"));
        byte[] other = new byte[32];
        other[31] = 1;
        assertNotEquals(ids.of("a.b.c"), new TokenIds(other).of("a.b.c"), "Without the key nobody can test a guess");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n[1/1/26] 00000001 dev.throughline.authn I {\"event\":\"forged\"}",
                "\",\"event\":\"forged",
                "\\\",\"event\":\"forged",
                "\u2028{\"event\":\"forged\"}",
                "\u0085{\"event\":\"forged\"}",
                "\u001b[2K{\"event\":\"forged\"}",
                "\ud800",
                "${jndi:ldap://localhost/x}",
                "{0}",
                "%n"
            })
    void whatever_comes_in_stays_a_value_of_one_line(String hostile) {
        events.edgeReject(occasion("/api/v1/mcp", "trace-1", hostile), hostile, 421);

        assertEquals("edge_reject", last("dev.throughline.edge").get("event").stringValue());
        events.authnReject(occasion("/api/v1/mcp", hostile, hostile), "expired", 401);
        JsonNode event = last("dev.throughline.authn");
        assertEquals("authn_reject", event.get("event").stringValue());
        UUID.fromString(event.get("correlation_id").stringValue());
        for (String line : told.lines()) {
            assertTrue(line.chars().allMatch(character -> character >= ' ' && character < 0x7F), line);
        }
    }

    @Test
    void no_text_makes_a_line_long() {
        events.edgeReject(occasion("/api/v1/mcp", "trace-1", "x".repeat(100_000)), "\u0001".repeat(100_000), 421);

        assertTrue(
                told.lines().get(0).length() < 2_000, "" + told.lines().get(0).length());
    }

    @Test
    void an_event_holds_no_part_of_the_token() {
        String token = "eyJhbGciOiJSUzI1NiJ9.eyJuYW1lIjoiVmljIFZpZXdlciJ9.c2lnbmF0dXJl";
        Occasion occasion = occasion("/api/v1/orders", "trace-1", token);

        events.authnReject(occasion, "signature_invalid", 401);
        events.authzRefusal(occasion, People.directly(People.VIC), Action.CHAT, DENIED);

        String all = told.lines() + " " + occasion;
        assertTrue(Stream.of(token.split("\\.")).noneMatch(all::contains), all);
    }

    @Test
    void a_spike_raises_one_alert_and_is_told_when_it_is_over() {
        now = now.plusSeconds(3600);
        for (int i = 0; i < 30; i++) {
            events.authnReject(occasion("/api/v1/orders", "trace-1", "a.b.c"), "signature_invalid", 401);
        }
        events.lookForSpikes();

        JsonNode raised = last("dev.throughline.alert");
        assertEquals("alert_raised", raised.get("event").stringValue());
        assertEquals("spike_401", raised.get("kind").stringValue());
        assertEquals("2026-03-01T10:00:00Z", raised.get("start").stringValue());
        assertFalse(raised.has("end"));
        assertEquals(30, raised.get("count").intValue());
        assertEquals(20, raised.get("limit").intValue());
        assertEquals(30, raised.at("/reasons/signature_invalid").intValue());
        assertTrue(told.isOpen("spike_401"));
        assertFalse(told.isOpen("spike_403"));

        int lines = told.lines().size();
        events.lookForSpikes();
        assertEquals(lines, told.lines().size());
        now = now.plusSeconds(300);
        events.lookForSpikes();

        JsonNode over = last("dev.throughline.alert");
        assertEquals("alert_over", over.get("event").stringValue());
        assertEquals("2026-03-01T10:00:05Z", over.get("end").stringValue());
        assertEquals(30, over.get("count").intValue());
        assertFalse(told.isOpen("spike_401"));
        assertEquals(1, told.counts().get("alert spike_401"));
    }

    @Test
    void the_two_statuses_are_watched_apart_and_no_other_is() {
        now = now.plusSeconds(3600);
        Occasion occasion = occasion("/api/v1/orders", "trace-1", "a.b.c");
        for (int i = 0; i < 20; i++) {
            events.authnReject(occasion, "expired", 401);
            events.authzRefusal(occasion, People.directly(People.VIC), Action.CHAT, DENIED);
            events.edgeReject(occasion, "host_not_allowed", 421);
            events.authnReject(occasion, "keys_unavailable", 503);
        }
        events.lookForSpikes();
        assertEquals(List.of(), alerts());

        events.edgeReject(occasion, "origin_not_allowed", 403);
        events.lookForSpikes();

        assertEquals(List.of("spike_403"), alerts());
    }

    private List<String> alerts() {
        return told.counts().keySet().stream()
                .filter(name -> name.startsWith("alert "))
                .map(name -> name.substring("alert ".length()))
                .toList();
    }
}
