package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A code is good once, for its client, its redirect and its verifier. */
class CodeGrantTest extends OneStandInForAll {

    @Test
    void a_code_is_good_for_one_exchange_only() {
        Map<String, String> form = web();
        assertEquals("200", entra.token(form).outcome());
        assertEquals("400 invalid_grant 54005", entra.token(form).outcome());
    }

    @Test
    void a_code_expires() {
        Map<String, String> form = web();
        entra.clock.advance(Duration.ofMinutes(6));
        assertEquals("400 invalid_grant 70008", entra.token(form).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "code, , 400 invalid_request 900144",
        "code, made-up, 400 invalid_grant 70000",
        "redirect_uri, , 400 invalid_request 900144",
        "redirect_uri, http://localhost/, 400 invalid_client 500112",
        "code_verifier, , 400 invalid_grant 501481",
        "code_verifier, another-verifier-of-at-least-forty-three-chars-0, 400 invalid_grant 501481",
        "code_verifier, short, 400 invalid_grant 501481",
        "client_id, , 400 invalid_request 900144",
        "client_id, c0ffee00-0000-4000-8000-0000000000ff, 400 unauthorized_client 700016",
        "client_id, c0ffee00-0000-4000-8000-0000000000a4, 400 invalid_grant 70000",
        "grant_type, , 400 invalid_request 900144",
        "grant_type, password, 400 unsupported_grant_type 70003",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/Orders.Write, 400 invalid_scope 70011",
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/.default, 400 invalid_scope 70011",
        "client_secret, anything, 401 invalid_client 700025"
    })
    void one_wrong_parameter_is_enough(String name, String value, String outcome) {
        Map<String, String> control = web();
        assertEquals(outcome, entra.token(but(control, name, value)).outcome());
        assertEquals("200", entra.token(control).outcome(), "control");
    }

    @Test
    void a_confidential_client_proves_itself_by_its_secret_in_the_form_or_the_header() {
        assertEquals("200", entra.token(assistant()).outcome());
        String basic = Directory.ORDERS_ASSISTANT + ":" + entra.secrets.assistantClientSecret();
        String header = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes());
        Map<String, String> form = but(but(assistant(), "client_secret", null), "client_id", null);
        assertEquals("200", entra.token(form, "Authorization", header).outcome());
        assertEquals(
                "400 invalid_request 9002313",
                entra.token(assistant(), "Authorization", header).outcome(),
                "proved twice");
        assertEquals(
                "400 invalid_request 9002313",
                entra.token(form, "Authorization", "Bearer x").outcome());
        String wrong = Base64.getEncoder().encodeToString((basic + "x").getBytes());
        assertEquals(
                "401 invalid_client 7000215",
                entra.token(form, "Authorization", "Basic " + wrong).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, , 401 invalid_client 7000218",
        "client_secret, guessed, 401 invalid_client 7000215",
        "client_assertion, a.b.c, 400 invalid_request 9002313"
    })
    void a_confidential_client_without_its_secret_gets_nothing(String name, String value, String outcome) {
        Map<String, String> control = assistant();
        assertEquals(outcome, entra.token(but(control, name, value)).outcome());
        assertEquals("200", entra.token(control).outcome(), "control");
    }

    @Test
    void a_confidential_client_that_sent_a_challenge_is_held_to_it() {
        Map<String, String> request = but(
                but(but(entra.assistantRequest(), "consent", "accept"), "code_challenge", Fixture.CHALLENGE),
                "code_challenge_method",
                "S256");
        Map<String, String> control =
                but(entra.assistantRedemption(entra.authorize(request).code()), "code_verifier", Fixture.VERIFIER);
        assertEquals(
                "400 invalid_grant 501481",
                entra.token(but(control, "code_verifier", null)).outcome());
        assertEquals("200", entra.token(control).outcome(), "control");
    }

    @Test
    void a_verifier_without_a_challenge_is_refused() {
        assertEquals(
                "400 invalid_grant 501481",
                entra.token(but(assistant(), "code_verifier", Fixture.VERIFIER)).outcome());
    }

    @Test
    void a_repeated_parameter_is_refused() {
        Map<String, String> control = web();
        String url = entra.url(Fixture.HOME, "/oauth2/v2.0/token");
        String body = Browser.encode(control);
        assertEquals(
                "400 invalid_request 9000411",
                entra.browser.post(url, body + "&code=other").outcome());
        assertEquals("200", entra.browser.post(url, body).outcome(), "control");
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        Map<String, String> control = web();
        assertEquals(
                "400 invalid_request 9002313",
                entra.token(but(control, "padding", "x".repeat(64 * 1024))).outcome());
        assertEquals(
                "200", entra.token(but(control, "padding", "x".repeat(1024))).outcome(), "control");
    }

    private static Map<String, String> web() {
        return entra.webRedemption(entra.authorize(entra.webRequest()).code());
    }

    private static Map<String, String> assistant() {
        Map<String, String> request = but(entra.assistantRequest(), "consent", "accept");
        return entra.assistantRedemption(entra.authorize(request).code());
    }
}
