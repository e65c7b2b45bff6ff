package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One gate before REST, tools and chat: where a token may be and where not, and which addresses are open. The hostile
 * tokens themselves are tried in {@code dev.throughline.matrix}.
 */
class GateIT {
    private static final String METADATA = "/.well-known/oauth-protected-resource/api/v1/mcp";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);

    /** The doors that the gate guards, each with a request that Vic may make. */
    enum Door {
        REST(Api.ORDERS, ""),
        MCP(Api.MCP, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
        CHAT(Api.CHAT, "{\"message\":\"help\"}");

        private final String path;
        private final String body;

        Door(String path, String body) {
            this.path = path;
            this.body = body;
        }

        HttpRequest.Builder through(HttpRequest.Builder request) {
            return body.isEmpty() ? request : Api.withBody(request, "POST", body);
        }

        String adapter() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Test
    void an_agent_as_itself_comes_in_by_mcp_alone() {
        String nightAgent = stack.entra()
                .tokens()
                .application("c0ffee00-0000-4000-8000-0000000000a5")
                .sign();

        assertOpen(Door.MCP, nightAgent);
        for (Door door : List.of(Door.REST, Door.CHAT)) {
            HttpResponse<String> answer = knock(door, nightAgent);

            assertProblem(403, "user_required", answer);
            assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
        }
    }

    @Test
    void the_spellings_that_the_standards_allow_are_accepted() {
        TokenDraft good = stack.entra().tokens().user("vic");
        long now = Instant.now().getEpochSecond();
        List<TokenDraft> tokens = List.of(
                good,
                good.withoutHeader("typ"),
                good.header("typ", "jwt"),
                good.header("typ", "at+jwt"),
                good.header("typ", "application/at+jwt"),
                good.with("aud", "api://" + Ids.API),
                good.without("nbf"),
                good.with("exp", now - 20).with("iat", now - 600),
                good.with("nbf", now + 20),
                good.with("iat", now + 20),
                good.with("unknown", Map.of("a", 1)));

        for (Door door : Door.values()) {
            tokens.stream()
                    .limit(door == Door.CHAT ? 2 : tokens.size())
                    .forEach(token -> assertOpen(door, token.sign()));
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void who_comes_without_a_token_is_told_how_to_get_one(Door door) {
        assertOpen(door, api.signIn().token(Person.VIC));

        HttpResponse<String> answer = Http.send(door.through(api.anonymous(door.path)));

        assertProblem(401, "sign_in_required", answer);
        assertEquals(
                List.of("Bearer realm=\"orders\", " + metadata() + ", scope=\"api://" + Ids.API + "/Orders.Read\""),
                answer.headers().allValues("WWW-Authenticate"));
        assertEquals("missing " + door.adapter(), log.rejection(Problems.correlationId(answer)));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_token_is_taken_from_one_authorization_header_only(Door door) {
        String token = api.signIn().token(Person.VIC);
        String good = "Bearer " + token;
        String bad = "Bearer " + stack.entra().tokens().user("vic").expired().sign();

        assertEquals(200, authorized(door, good).statusCode());
        assertEquals(200, authorized(door, "bearer " + token).statusCode());
        assertEquals(200, authorized(door, "BEARER " + token).statusCode());
        assertRefused(door, "ambiguous", authorized(door, good, bad));
        assertRefused(door, "ambiguous", authorized(door, bad, good));
        assertRefused(door, "ambiguous", authorized(door, good, good));
        assertRefused(door, "malformed_header", authorized(door, good + ", " + good));
        assertRefused(door, "malformed_header", authorized(door, token));
        assertRefused(door, "malformed_header", authorized(door, "Bearer  " + token));
        assertRefused(door, "malformed_header", authorized(door, "Bearer \"" + token + "\""));
        assertRefused(door, "malformed_header", authorized(door, "Bearer " + token + " x"));
        assertRefused(door, "malformed_header", authorized(door, "Bearer " + "x".repeat(20_000)));
        assertRefused(door, "token_in_query", knock(door, token, "?access_token=" + token));
        for (String other : List.of("Basic dmljOnZpYw==", "Token " + token, "DPoP " + token, "Bearerx " + token)) {
            assertMissing(door, authorized(door, other));
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_token_anywhere_else_is_no_token(Door door) {
        String token = api.signIn().token(Person.VIC);
        assertOpen(door, token);

        assertMissing(door, Http.send(door.through(api.anonymous(door.path + "?access_token=" + token))));
        for (String header : List.of(
                "X-MS-TOKEN-AAD-ACCESS-TOKEN", "X-Authorization", "Proxy-Authorization", "X-Forwarded-Access-Token")) {
            assertMissing(door, Http.send(door.through(api.anonymous(door.path).header(header, "Bearer " + token))));
        }
        assertMissing(
                door,
                Http.send(door.through(api.anonymous(door.path)
                        .header("Cookie", "Authorization=" + token + "; Bearer=" + token + "; LtpaToken2=" + token))));
        assertMissing(
                door,
                Http.send(door.through(api.anonymous(door.path)
                        .header("X-MS-CLIENT-PRINCIPAL-ID", Person.VIC.id)
                        .header("X-User", Person.VIC.login))));
    }

    @Test
    void who_else_a_header_speaks_of_changes_nothing_about_who_calls() {
        String plain = knock(Door.REST, api.signIn().token(Person.VIC)).body();

        HttpResponse<String> dressed = Http.send(api.as(Person.VIC, Api.ORDERS)
                .header("X-MS-CLIENT-PRINCIPAL-ID", Person.ADA.id)
                .header("X-MS-CLIENT-PRINCIPAL-NAME", Person.ADA.login)
                .header("X-Forwarded-User", Person.ADA.login)
                .header("X-Original-URL", "/api/v1/orders/ORD-002"));

        assertEquals(plain, dressed.body());
    }

    @Test
    void roles_and_scopes_of_another_type_or_name_are_none() {
        TokenDraft ana = stack.entra().tokens().user("ana");
        assertOpen(Door.REST, ana.sign());

        for (Object roles : List.<Object>of(
                "Analyst", List.of(List.of("Analyst")), List.of("analyst"), Map.of("r", "Analyst"), List.of())) {
            assertProblem(
                    403,
                    "role_not_sufficient",
                    knock(Door.REST, ana.with("roles", roles).sign()));
        }
        assertProblem(
                403,
                "role_not_sufficient",
                knock(Door.REST, ana.without("roles").sign()));
        for (Object scopes :
                List.<Object>of("", "orders.read", "Orders.ReadX", List.of("Orders.Read"), "openid profile")) {
            assertProblem(
                    403,
                    "insufficient_scope",
                    knock(Door.REST, ana.with("scp", scopes).sign()));
        }
    }

    @Test
    void a_token_of_many_roles_is_no_reason_to_fail() {
        List<String> many = java.util.stream.IntStream.range(0, 99)
                .mapToObj(number -> "Role" + number)
                .toList();

        assertProblem(
                403,
                "role_not_sufficient",
                knock(
                        Door.REST,
                        stack.entra().tokens().user("ana").with("roles", many).sign()));
    }

    @Test
    void clients_find_out_how_to_sign_in_without_being_signed_in() {
        HttpResponse<String> atRoot = Http.send(api.anonymous("/.well-known/oauth-protected-resource"));
        HttpResponse<String> ofMcp = Http.send(api.anonymous(METADATA));

        assertEquals(200, ofMcp.statusCode());
        assertEquals(Optional.of("application/json"), ofMcp.headers().firstValue("Content-Type"));
        assertEquals(Optional.empty(), ofMcp.headers().firstValue("Access-Control-Allow-Origin"));
        assertEquals(atRoot.body(), ofMcp.body());
        Json document = Json.of(ofMcp.body());
        assertEquals(api.uri(Api.MCP).toString(), document.text("resource"));
        assertEquals(List.of("\"" + authority() + "/v2.0\""), texts(document, "/authorization_servers"));
        assertEquals(
                List.of("\"api://" + Ids.API + "/Orders.Read\"", "\"api://" + Ids.API + "/Orders.Write\""),
                texts(document, "/scopes_supported"));
        assertEquals(List.of("\"header\""), texts(document, "/bearer_methods_supported"));
    }

    @Test
    void the_web_chat_finds_its_settings_and_no_secret_among_them() {
        HttpResponse<String> answer = Http.send(api.anonymous("/api/v1/config"));

        assertEquals(200, answer.statusCode());
        Json config = Json.of(answer.body());
        assertEquals(Ids.WEB_CHAT, config.text("clientId"));
        assertEquals(authority().replace("http:", "https:"), config.text("authority"));
        assertEquals(List.of("\"localhost:" + stack.ports().entra() + "\""), texts(config, "/knownAuthorities"));
        assertEquals(
                List.of("\"api://" + Ids.API + "/Orders.Read\"", "\"api://" + Ids.API + "/Orders.Write\""),
                texts(config, "/scopes"));
        assertEquals(List.of("\"api://" + Ids.API + "/Orders.Audit\""), texts(config, "/auditScopes"));
        assertEquals("orders-assistant", config.at("/agent").text("name"));
        assertEquals("local", config.text("environment"));
        assertEquals(List.of("\"localhost\""), texts(config, "/consentLinkHosts"));
        assertTrue(config.flag("authRequired"));
        Json metadata = Json.of(config.text("authorityMetadata"));
        assertTrue(metadata.text("token_endpoint").startsWith(authority()), metadata.toString());
        assertFalse(answer.body().toLowerCase(java.util.Locale.ROOT).contains("secret"), answer.body());
    }

    @Test
    void what_is_told_about_signing_in_does_not_depend_on_the_host_header() {
        for (String path : List.of(METADATA, "/api/v1/config")) {
            String good = Wire.exchange(
                    stack.ports().web(),
                    "GET " + path + " HTTP/1.1",
                    "Host: localhost:" + stack.ports().web());
            String evil = Wire.exchange(
                    stack.ports().web(),
                    "GET " + path + " HTTP/1.1",
                    "Host: evil.example",
                    "X-Forwarded-Host: evil.example");
            assertEquals(200, Wire.status(good), good);
            assertFalse(evil.contains("evil.example"), evil);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready", "/health/live", "/health/started"})
    void an_orchestrator_asks_for_health_without_a_token(String path) {
        HttpResponse<String> answer = Http.send(api.anonymous(path));

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("UP", Json.of(answer.body()).text("status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/orders",
                "//api/v1/orders",
                "/api//v1/orders",
                "/api/v1//orders",
                "/api/v1/orders/",
                "/api/v1/orders//",
                "/api/v1/orders;x=y",
                "/api;x=y/v1/orders",
                "/api/v1/%6frders",
                "/%61pi/v1/orders",
                "/api%2fv1%2forders",
                "/api%2Fv1/orders",
                "/API/v1/orders",
                "/api/v1/ORDERS",
                "/./api/v1/orders",
                "/x/../api/v1/orders",
                "/x/%2e%2e/api/v1/orders",
                "/api/v1/config/../orders",
                "/api/v1/config/orders",
                "/api/v1/config;/../orders",
                "/api/v1/config/..;/orders",
                "/api/v1/config%2f..%2forders",
                "/assets/../api/v1/orders",
                "/api/v1/orders?x=/api/v1/config",
                "/api/v1/orders#/api/v1/config",
                "/api/v1/orders/ORD-001",
                "/api/v1/orders%00",
                "/api/v1/orders%0a",
                "/api/v1/orders%",
                "/api\\v1\\orders",
                "/api/v1/conversations",
                "/api/v1/audit",
                "/WEB-INF/web.xml",
                "/%57EB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/throughline/api/v1/orders"
            })
    void no_spelling_of_an_address_gets_round_the_gate(String path) {
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "get")) {
            String answer = Wire.exchange(
                    stack.ports().web(),
                    method + " " + path + " HTTP/1.1",
                    "Host: localhost:" + stack.ports().web(),
                    "Content-Length: 0");

            assertFalse(Wire.status(answer) / 100 == 2, method + " " + answer);
            assertFalse(answer.contains("ORD-0"), answer);
            assertDiscreet(answer.replaceAll("CWWW\\w+", ""));
        }
        assertOpen(Door.REST, api.signIn().token(Person.VIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {";/../../config", ";/../../../../", ";/../../../../health", "/..;/../config", "/%2e%2e/../config"
            })
    void how_one_caller_spells_an_address_changes_nothing_about_it_for_the_next(String suffix) {
        String address = Api.ORDERS + "/ORD-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);

        String spelled = Wire.exchange(
                stack.ports().web(),
                "GET " + address + suffix + " HTTP/1.1",
                "Host: localhost:" + stack.ports().web());

        assertFalse(spelled.contains("ORD-0"), spelled);
        assertProblem(401, "sign_in_required", Http.send(api.anonymous(address)));
        assertProblem(404, "order_not_found", api.get(Person.VIC, address));
    }

    @Test
    void a_trace_is_never_sent_back() {
        String answer = Wire.exchange(
                stack.ports().web(),
                "TRACE /api/v1/orders HTTP/1.1",
                "Host: localhost:" + stack.ports().web(),
                "Authorization: Bearer " + api.signIn().token(Person.VIC));

        assertFalse(Wire.status(answer) / 100 == 2, answer);
        assertFalse(answer.contains("Authorization"), answer);
    }

    private void assertOpen(Door door, String token) {
        HttpResponse<String> answer = knock(door, token);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private void assertRefused(Door door, String reason, HttpResponse<String> answer) {
        assertProblem(400, "invalid_request", answer);
        String challenge = answer.headers().firstValue("WWW-Authenticate").orElseThrow();
        assertTrue(challenge.startsWith("Bearer error=\"invalid_request\""), challenge);
        assertEquals(reason + " " + door.adapter(), log.rejection(Problems.correlationId(answer)));
    }

    private void assertMissing(Door door, HttpResponse<String> answer) {
        assertProblem(401, "sign_in_required", answer);
        assertFalse(
                answer.headers().firstValue("WWW-Authenticate").orElseThrow().contains("error="));
        assertEquals("missing " + door.adapter(), log.rejection(Problems.correlationId(answer)));
    }

    private HttpResponse<String> knock(Door door, String token) {
        return knock(door, token, "");
    }

    private HttpResponse<String> knock(Door door, String token, String query) {
        return Http.send(door.through(api.bearing(token, door.path + query)));
    }

    private HttpResponse<String> authorized(Door door, String... headers) {
        HttpRequest.Builder request = api.anonymous(door.path);
        for (String header : headers) {
            request.header("Authorization", header);
        }
        return Http.send(door.through(request));
    }

    private String metadata() {
        return "resource_metadata=\"" + api.uri(METADATA) + "\"";
    }

    private String authority() {
        return "http://localhost:" + stack.ports().entra() + "/" + Person.VIC.tenant;
    }

    private static List<String> texts(Json document, String pointer) {
        return document.all(pointer).stream().map(Json::toString).toList();
    }
}
