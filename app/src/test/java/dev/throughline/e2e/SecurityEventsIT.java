package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators are told of refusals, in the log and in the metrics of a running server. */
class SecurityEventsIT {
    private static final String NIGHT_AGENT = "c0ffee00-0000-4000-8000-0000000000a5";
    private static final Map<String, Object> ORDER =
            Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 1);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);
    private final Metrics metrics = new Metrics(api);

    /** Each way in, with a request that is refused to one caller and permitted to another, who differ in one thing. */
    enum Way {
        REST("role_not_sufficient", "create-order", "user") {
            @Override
            HttpRequest.Builder request(Api api, String token) {
                return Api.withBody(api.bearing(token, Api.ORDERS), "POST", ORDER);
            }

            @Override
            String refused(LocalStack stack) {
                return stack.entra().tokens().user("vic").sign();
            }

            @Override
            String permitted(LocalStack stack) {
                return stack.entra().tokens().user("pat").sign();
            }
        },
        MCP("role_not_sufficient", "delete-order", "agent") {
            @Override
            HttpRequest.Builder request(Api api, String token) {
                return Api.withBody(api.bearing(token, Api.MCP), "POST", call("delete-order", Map.of("id", "ORD-000")));
            }

            @Override
            String refused(LocalStack stack) {
                return stack.entra()
                        .tokens()
                        .user("pat", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign();
            }

            @Override
            String permitted(LocalStack stack) {
                return stack.entra()
                        .tokens()
                        .user("ada", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign();
            }
        },
        CHAT("app_may_not_chat", "chat", "agent") {
            @Override
            HttpRequest.Builder request(Api api, String token) {
                return Api.withBody(api.bearing(token, Api.CHAT), "POST", Map.of("message", "help"));
            }

            @Override
            String refused(LocalStack stack) {
                return stack.entra()
                        .tokens()
                        .user("vic", Ids.DESKTOP, "Orders.Read")
                        .sign();
            }

            @Override
            String permitted(LocalStack stack) {
                return stack.entra()
                        .tokens()
                        .user("vic", Ids.WEB_CHAT, "Orders.Read")
                        .sign();
            }
        };

        final String reason;
        final String action;
        final String agentClass;

        Way(String reason, String action, String agentClass) {
            this.reason = reason;
            this.action = action;
            this.agentClass = agentClass;
        }

        abstract HttpRequest.Builder request(Api api, String token);

        abstract String refused(LocalStack stack);

        abstract String permitted(LocalStack stack);

        static Map<String, Object> call(String tool, Map<String, Object> arguments) {
            return Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    1,
                    "method",
                    "tools/call",
                    "params",
                    Map.of("name", tool, "arguments", arguments));
        }

        String adapter() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private double denied(Way way) {
        return metrics.value(
                "authz_deny_total",
                "reason=\"" + way.reason + "\"",
                "tool=\"" + way.action + "\"",
                "agent_class=\"" + way.agentClass + "\"");
    }

    private double deniedAtAll() {
        return metrics.value("authz_deny_total");
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_of_the_policy_is_one_event_and_one_count_and_a_permit_is_none(Way way) {
        double before = denied(way);
        double atAll = deniedAtAll();

        HttpResponse<String> permitted = Http.send(way.request(api, way.permitted(stack)));
        assertTrue(permitted.statusCode() / 100 == 2, permitted.body());
        HttpResponse<String> refused = Http.send(way.request(api, way.refused(stack)));

        Json event = log.event(Problems.correlationId(refused));
        assertEquals("authz_deny", event.text("event"));
        assertEquals(way.reason, event.text("reason"));
        assertEquals(way.adapter(), event.text("adapter"));
        assertEquals(way.action, event.text("action"));
        assertEquals(way.agentClass, event.text("agent_class"));
        assertEquals(Person.VIC.tenant, event.text("tenant"));
        assertTrue(event.text("token").matches("[0-9a-f]{16}"), event.toString());
        Instant.parse(event.text("at"));
        assertEquals(0, log.eventsOf(Problems.correlationId(permitted)).count());
        assertEquals(before + 1, denied(way));
        assertEquals(atAll + 1, deniedAtAll());
    }

    @Test
    void an_agent_as_itself_is_counted_as_such() {
        String token = stack.entra().tokens().application(NIGHT_AGENT).sign();
        double before = metrics.value("authz_deny_total", "agent_class=\"agent_itself\"");

        HttpResponse<String> refused = Http.send(Way.REST.request(api, token));

        Problems.assertProblem(403, "user_required", refused);
        Json event = log.event(Problems.correlationId(refused));
        assertEquals("user_required", event.text("reason"));
        assertEquals("night-agent", event.text("agent"));
        assertTrue(event.at("/user").isNull());
        assertEquals(before + 1, metrics.value("authz_deny_total", "agent_class=\"agent_itself\""));
    }

    @Test
    void a_missing_scope_is_told_with_the_scope_over_rest_and_mcp_alike() {
        String reading =
                stack.entra().tokens().user("pat", Ids.WEB_CHAT, "Orders.Read").sign();
        for (HttpRequest.Builder request : List.of(
                Way.REST.request(api, reading),
                Api.withBody(api.bearing(reading, Api.MCP), "POST", Way.call("create-order", ORDER)))) {
            double before = metrics.value("authz_deny_total", "reason=\"scope_missing\"", "tool=\"create-order\"");

            HttpResponse<String> refused = Http.send(request);

            Problems.assertProblem(403, "insufficient_scope", refused);
            Json event = log.event(Problems.correlationId(refused));
            assertEquals("authz_needs_scope", event.text("event"));
            assertEquals("Orders.Write", event.text("scopes"));
            assertEquals(
                    before + 1, metrics.value("authz_deny_total", "reason=\"scope_missing\"", "tool=\"create-order\""));
        }
    }

    @Test
    void events_of_one_token_can_be_joined_whatever_was_wrong_with_it() {
        String token = Way.REST.refused(stack);
        String tampered = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

        Json denied = event(Way.REST.request(api, token));
        Json again = event(Way.REST.request(api, token));
        Json doubled = event(Way.REST.request(api, token).header("Authorization", "Bearer " + token));
        Json mcp = event(Api.withBody(api.bearing(token, Api.MCP), "POST", Way.call("create-order", ORDER)));
        Json forged = event(Way.REST.request(api, tampered));

        assertEquals("authz_deny", denied.text("event"));
        assertEquals("authn_reject ambiguous", doubled.text("event") + " " + doubled.text("reason"));
        assertEquals("mcp", mcp.text("adapter"));
        for (Json other : List.of(again, doubled, mcp)) {
            assertEquals(denied.text("token"), other.text("token"));
        }
        assertEquals("authn_reject signature_invalid", forged.text("event") + " " + forged.text("reason"));
        assertNotEquals(denied.text("token"), forged.text("token"));
        assertEquals(6, forged.node().size(), "Nothing that a token claims is told before it is believed: " + forged);
    }

    @Test
    void no_log_holds_a_part_of_a_token_or_a_person() {
        TokenDraft vic = stack.entra().tokens().user("vic");
        List<String> tokens = List.of(
                vic.sign(), vic.expired().sign(), vic.header("kid", "unknown").sign());
        tokens.forEach(token -> event(Way.REST.request(api, token)));
        event(Way.REST.request(api, tokens.get(0)).header("Authorization", "Bearer " + tokens.get(0)));
        event(Api.withBody(api.anonymous(Api.ORDERS), "POST", ORDER).header("Authorization", tokens.get(0)));

        assertTrue(log.files().stream().anyMatch(file -> file.contains("authz_deny")), "The control");
        for (String file : log.files()) {
            for (String token : tokens) {
                for (String part : token.split("\\.")) {
                    assertFalse(file.contains(part), "A log holds a part of a token");
                }
            }
            for (String person : List.of("Vic Viewer", "vic@contoso", "Zoe Quill")) {
                assertFalse(file.contains(person), "A log holds " + person);
            }
        }
    }

    /** What could end a line or a value, and what some loggers would look up. */
    static Stream<String> hostileValues() {
        return Stream.of(
                "\r\n[1/1/26, 0:00:00:000 UTC] 00000001 dev.throughline.authn I {\"event\":\"forged\"}",
                "\n{\"event\":\"forged\"}",
                "\",\"event\":\"forged\",\"x\":\"",
                "\u2028[1/1/26, 0:00:00:000 UTC] 00000001 dev.throughline.authn I {\"event\":\"forged\"}",
                "\u0085{\"event\":\"forged\"}",
                "${jndi:ldap://localhost:1/forged}",
                "{0} %n %s \u001b[2K forged");
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void nothing_that_is_sent_forges_a_line_an_event_or_a_label(String hostile) {
        String marker = UUID.randomUUID().toString();
        String value = hostile.replace("forged", "forged-" + marker);
        String escaped = java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
        TokenDraft vic = stack.entra().tokens().user("vic");
        String good = vic.sign();
        String printable = value.replaceAll("[^ -~]", "?");

        assertEquals(
                "key_unknown",
                event(Way.REST.request(api, vic.header("kid", value).sign())).text("reason"));
        assertEquals(
                "client_not_registered",
                event(Way.REST.request(api, vic.with("azp", value).sign())).text("reason"));
        event(Way.REST.request(api, vic.with("uti", value).with("name", value).sign()));
        for (Object body : List.of(
                Way.call(value, Map.of()),
                Way.call("create-order", Map.of(value, value)),
                Way.call("get-order", Map.of("id", value)),
                Map.of("jsonrpc", "2.0", "id", value, "method", value))) {
            Http.send(Api.withBody(api.bearing(good, Api.MCP), "POST", body));
        }
        Http.send(api.bearing(good, Api.ORDERS + "/" + escaped));
        Http.send(api.bearing(good, Api.ORDERS + "?cursor=" + escaped + "&" + escaped + "=1"));
        Http.send(api.anonymous(Api.ORDERS + "/" + escaped));
        Http.send(api.anonymous("/" + escaped));
        Http.send(Api.withBody(api.bearing(good, Api.CHAT), "POST", Map.of("message", value, "agent", value)));
        Http.send(api.anonymous(Api.ORDERS)
                .setHeader(Api.CORRELATION_ID, printable)
                .header("User-Agent", printable)
                .header("Authorization", printable));
        for (String ending : List.of("\r\n ", "\n", "\r")) {
            Wire.exchange(
                    stack.ports().web(),
                    "GET " + Api.ORDERS + " HTTP/1.1",
                    "Host: localhost:" + stack.ports().web(),
                    "X-Correlation-ID: a" + ending + "{\"event\":\"forged-" + marker + "\"}",
                    "User-Agent: a" + ending + "{\"event\":\"forged-" + marker + "\"}");
        }

        assertNothingForged(marker);
    }

    /** The last line of a request that is known to be logged shows that all of the former are. */
    private void assertNothingForged(String marker) {
        assertEquals("missing", event(api.anonymous(Api.ORDERS)).text("reason"));
        Set<String> known = Set.of(
                "authn_reject",
                "authz_deny",
                "authz_needs_scope",
                "authz_needs_consent",
                "authz_needs_approval",
                "edge_reject",
                "rate_limited",
                "alert_raised",
                "alert_over");
        for (Json event : log.events()) {
            assertTrue(known.contains(event.text("event")), event.toString());
            assertFalse(event.toString().contains(marker), event.toString());
        }
        for (String file : log.files()) {
            // The server's own words about an address quote it as it was sent, in percent-encoding.
            assertEquals(
                    List.of(),
                    file.lines()
                            .filter(line -> line.contains(marker))
                            .filter(line -> !line.matches(".* (CWWKS1652A|CWWWC0005I): [^{}\"]*"))
                            .toList());
        }
        assertEquals(
                List.of(), metrics.lines().filter(line -> line.contains(marker)).toList());
    }

    @Test
    void the_keys_of_the_issuer_are_watched() {
        event(api.anonymous(Api.ORDERS));

        assertTrue(metrics.value("jwks_refresh_total", "result=\"ok\"") >= 1);
        double age = metrics.value("jwks_age_seconds");
        assertTrue(age >= 0 && age < 120, "" + age);
    }

    @Test
    void a_request_that_is_not_let_in_is_one_event_and_one_count() {
        for (Way way : Way.values()) {
            String[] labels = {"reason=\"expired\"", "adapter=\"" + way.adapter() + "\""};
            double before = metrics.value("authn_reject_total", labels);

            Json event = event(way.request(
                    api, stack.entra().tokens().user("vic").expired().sign()));

            assertEquals("authn_reject expired " + way.adapter(), values(event, "event", "reason", "adapter"));
            assertEquals(before + 1, metrics.value("authn_reject_total", labels));
        }
    }

    private static String values(Json event, String... names) {
        return Stream.of(names).map(name -> event.text(name)).collect(java.util.stream.Collectors.joining(" "));
    }

    private Json event(HttpRequest.Builder request) {
        return log.event(Problems.correlationId(Http.send(request)));
    }
}
