package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the authorization endpoint takes and refuses; each hostile request differs in one parameter from the control.
 */
class AuthorizeTest extends OneStandInForAll {

    @BeforeAll
    static void prepare() {
        assertEquals(302, entra.authorize(entra.webRequest()).status(), "control");
    }

    @Test
    void a_request_shaped_as_msal_shapes_it_is_answered_in_the_fragment() {
        Map<String, String> request = new LinkedHashMap<>(entra.webRequest());
        request.put("response_mode", "fragment");
        request.put("client_info", "1");
        request.put("clidata", "opaque");
        request.put("pocd", "1");
        request.put("claims", "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}");
        request.put("x-client-SKU", "msal.js.browser");
        request.put("x-client-VER", "5.29.0");
        request.put("client-request-id", "0198a3c0-0000-7000-8000-000000000000");
        Answer answer = entra.authorize(request);
        assertTrue(answer.header("Location").startsWith(entra.webRedirect() + "#code="), answer.header("Location"));
        assertEquals("state-1", answer.redirected().required("state"));
        assertTrue(answer.redirected().optional("client_info").isPresent());
    }

    @Test
    void refusals_come_back_in_the_response_mode_asked_for() {
        Map<String, String> refused = but(entra.webRequest(), "scope", Fixture.API_URI + "/Orders.Burn");
        assertTrue(entra.authorize(refused).header("Location").startsWith(entra.webRedirect() + "?error="));
        Answer inFragment = entra.authorize(but(refused, "response_mode", "fragment"));
        assertTrue(inFragment.header("Location").startsWith(entra.webRedirect() + "#error="));
        assertEquals("state-1", inFragment.redirected().required("state"));
    }

    @Test
    void a_redirect_that_is_not_registered_is_never_followed() {
        for (String redirect : new String[] {
            "http://evil.example/",
            entra.webRedirect() + "x",
            "http://localhost:" + entra.ports.web(),
            "http://127.0.0.1:" + entra.ports.web() + "/",
            entra.webRedirect() + "?a=b",
            entra.assistantRedirect()
        }) {
            Answer answer = entra.authorize(but(entra.webRequest(), "redirect_uri", redirect));
            assertEquals(400, answer.status(), redirect);
            assertTrue(answer.body().contains("AADSTS50011"), redirect);
        }
        String https = "https://localhost:" + entra.ports.webTls() + "/";
        assertEquals(
                302,
                entra.authorize(but(entra.webRequest(), "redirect_uri", https)).status(),
                "control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1234/cb", "http://127.0.0.1:55555/", "http://127.0.0.1/oauth?x=1"})
    void a_desktop_client_may_listen_on_any_loopback_port(String redirect) {
        Map<String, String> request = but(desktop(), "redirect_uri", redirect);
        assertTrue(entra.authorize(request).header("Location").startsWith(redirect));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example:1234/",
                "https://localhost:1234/",
                "http://localhost.evil.example/",
                "http://localhost@evil.example/",
                "http://127.0.0.1:1/#f",
                "vscode://x"
            })
    void a_desktop_client_may_not_leave_the_loopback(String redirect) {
        Answer answer = entra.authorize(but(desktop(), "redirect_uri", redirect));
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("AADSTS50011"));
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, c0ffee00-0000-4000-8000-0000000000ff, AADSTS700016",
        "client_id, , AADSTS900144",
        "redirect_uri, , AADSTS900144"
    })
    void before_the_redirect_is_trusted_refusals_are_a_page(String name, String value, String code) {
        Answer answer = entra.authorize(but(entra.webRequest(), name, value));
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains(code), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type AADSTS700054",
        "response_type, code id_token, unsupported_response_type AADSTS700054",
        "response_type, , invalid_request AADSTS900144",
        "response_mode, form_post, invalid_request AADSTS70007",
        "prompt, none login, invalid_request AADSTS90023",
        "code_challenge, , invalid_request AADSTS9002325",
        "code_challenge, short, invalid_request AADSTS501491",
        "code_challenge_method, plain, invalid_request AADSTS9002325",
        "code_challenge_method, , invalid_request AADSTS9002325",
        "scope, , invalid_request AADSTS900144",
        "scope, Orders.Read, invalid_client AADSTS650053",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/orders.read, invalid_client AADSTS650053",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a9/Orders.Read, invalid_resource AADSTS500011",
        "scope, https://ai.azure.com/.default, invalid_resource AADSTS650057",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/Orders.Read https://ai.azure.com/user_impersonation, "
                + "invalid_request AADSTS28000",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/.default "
                + "api://c0ffee00-0000-4000-8000-0000000000a1/Orders.Read, invalid_scope AADSTS70011",
        "resource, https://ai.azure.com, invalid_target AADSTS9010010",
        "resource, http://localhost:1/api/v1/mcp, invalid_target AADSTS9010010"
    })
    void afterwards_refusals_go_back_by_redirect(String name, String value, String refusal) {
        Answer answer = entra.authorize(but(entra.webRequest(), name, value));
        assertEquals(302, answer.status());
        assertEquals(refusal, answer.refusal());
        assertEquals("state-1", answer.redirected().required("state"));
    }

    @Test
    void a_repeated_parameter_is_refused() {
        String query = Browser.encode(entra.webRequest()) + "&scope=openid";
        Answer answer = entra.browser.get(entra.url(Fixture.HOME, "/oauth2/v2.0/authorize?") + query);
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("AADSTS9000411"));
    }

    @Test
    void a_resource_that_the_scopes_belong_to_is_taken() {
        String mcp = "http://localhost:" + entra.ports.web() + "/api/v1/mcp";
        Map<String, String> request = but(but(entra.webRequest(), "scope", mcp + "/Orders.Read"), "resource", mcp);
        Answer tokens = entra.token(entra.webRedemption(entra.authorize(request).code()));
        assertEquals(mcp + "/Orders.Read", tokens.text("scope"));
        assertEquals("Orders.Read", tokens.claims("access_token").getClaim("scp"));
        assertEquals(Directory.API, tokens.claims("access_token").getAudience().get(0));
    }

    @Test
    void exactly_the_scopes_asked_for_are_issued() {
        assertEquals("Orders.Read", scpFor(Fixture.API_URI + "/Orders.Read openid profile offline_access email"));
        assertEquals("Orders.Audit", scpFor(Directory.API + "/Orders.Audit"));
        assertEquals("Orders.Read Orders.Write Orders.Audit user_impersonation", scpFor(Fixture.API_URI + "/.default"));
    }

    @Test
    void a_sign_in_alone_gives_no_token_for_our_api() {
        Answer tokens =
                entra.token(entra.webRedemption(entra.authorize(but(entra.webRequest(), "scope", "openid profile"))
                        .code()));
        assertEquals(
                Directory.GRAPH, tokens.claims("access_token").getAudience().get(0));
        assertEquals("nonce-1", tokens.claims("id_token").getClaim("nonce"));
    }

    @Test
    void eve_of_the_foreign_tenant_gets_a_genuine_token_of_that_tenant() {
        Map<String, String> request = but(entra.webRequest(), "login_hint", "eve@fabrikam.example");
        String code = entra.authorize(Fixture.FOREIGN, request).code();
        assertEquals(
                "400 invalid_grant 700005",
                entra.token(entra.webRedemption(code)).outcome());
        Answer tokens = entra.browser.post(entra.url(Fixture.FOREIGN, "/oauth2/v2.0/token"), entra.webRedemption(code));
        assertEquals(
                entra.url(Fixture.FOREIGN, "/v2.0"),
                tokens.claims("access_token").getIssuer());
        assertEquals(Fixture.FOREIGN, tokens.claims("access_token").getClaim("tid"));
        assertEquals(java.util.List.of("Admin"), tokens.claims("access_token").getClaim("roles"));
    }

    private static String scpFor(String scope) {
        String code = entra.authorize(but(entra.webRequest(), "scope", scope)).code();
        return String.valueOf(
                entra.token(entra.webRedemption(code)).claims("access_token").getClaim("scp"));
    }

    private static Map<String, String> desktop() {
        return but(but(entra.webRequest(), "client_id", Directory.DESKTOP_CLIENT), "consent", "accept");
    }
}
