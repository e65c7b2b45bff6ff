package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consent is missing at first, belongs to one person, app and scope, and ends when it is withdrawn. */
class ConsentTest extends OneStandInForEach {

    Map<String, String> silently;

    @BeforeEach
    void prepare() {
        silently = but(entra.assistantRequest(), "prompt", "none");
    }

    @Test
    void it_is_really_missing_at_first() {
        assertEquals("consent_required AADSTS65001", entra.authorize(silently).refusal());
        Map<String, String> desktop = but(
                but(but(silently, "client_id", Directory.DESKTOP_CLIENT), "redirect_uri", "http://localhost:1/"),
                "code_challenge",
                Fixture.CHALLENGE);
        assertEquals(
                "consent_required AADSTS65001",
                entra.authorize(but(desktop, "code_challenge_method", "S256")).refusal());
    }

    @Test
    void a_script_accepts_by_redirects_alone_and_the_consent_stays() {
        String code = accept(entra.assistantRequest()).code();
        Answer tokens = entra.token(entra.assistantRedemption(code));
        assertEquals(Directory.ORDERS_ASSISTANT, tokens.claims("access_token").getClaim("azp"));
        assertEquals("1", tokens.claims("access_token").getClaim("azpacr"));
        assertEquals("Orders.Read Orders.Write", tokens.claims("access_token").getClaim("scp"));
        assertEquals(302, entra.authorize(silently).status());
        assertTrue(entra.authorize(silently).redirected().optional("code").isPresent());
    }

    @Test
    void a_script_declines_by_redirects_alone() {
        Answer declined = entra.authorize(but(entra.assistantRequest(), "consent", "decline"));
        assertEquals("access_denied AADSTS65004", declined.refusal());
        assertEquals("state-2", declined.redirected().required("state"));
        assertEquals("consent_required AADSTS65001", entra.authorize(silently).refusal());
    }

    @Test
    void a_script_that_declines_is_denied_even_where_consent_was_given() {
        accept(entra.assistantRequest());
        Answer declined = entra.authorize(but(entra.assistantRequest(), "consent", "decline"));
        assertEquals("access_denied AADSTS65004", declined.refusal());
    }

    @Test
    void a_script_must_say_for_whom_it_decides() {
        Map<String, String> request = but(entra.assistantRequest(), "consent", "accept");
        Map<String, String> nobody = but(request, "login_hint", "mallory@contoso.example");
        assertEquals("login_required AADSTS50058", entra.authorize(nobody).refusal());
        assertTrue(entra.authorize(but(request, "login_hint", null)).body().contains("Pick an account"));
        assertTrue(entra.authorize(request).redirected().optional("code").isPresent(), "control");
    }

    @Test
    void a_person_reads_what_is_asked_and_decides() {
        Map<String, String> request = but(entra.assistantRequest(), "login_hint", null);
        Answer signIn = entra.authorize(request);
        Answer page = entra.browser.press(signIn, "person", Directory.ID_PREFIX + "b4");
        assertTrue(page.body().contains("Permissions requested"));
        assertTrue(page.body().contains("AI agent <strong>orders-assistant</strong>"));
        assertTrue(page.body().contains("See the orders that you may see"));
        assertTrue(page.body().contains("Keep this access while you are away"));

        assertEquals(
                "access_denied AADSTS65004",
                entra.browser.press(page, "decision", "decline").refusal());
        Answer asked = entra.authorize(request);
        Answer accepted = entra.browser.press(asked, "decision", "accept");
        assertEquals(
                200, entra.token(entra.assistantRedemption(accepted.code())).status());
    }

    @Test
    void an_unclear_decision_is_no_consent() {
        Answer page = entra.browser.press(
                entra.authorize(but(entra.assistantRequest(), "prompt", "login")),
                "person",
                Directory.ID_PREFIX + "b4");
        assertEquals(
                "invalid_request AADSTS9002313",
                entra.browser.press(page, "decision", "maybe").refusal());
        assertEquals("consent_required AADSTS65001", entra.authorize(silently).refusal());
    }

    @Test
    void it_holds_for_one_person_one_app_and_the_scopes_named() {
        accept(but(entra.assistantRequest(), "scope", Fixture.API_URI + "/Orders.Read"));
        Map<String, String> readOnly = but(silently, "scope", Fixture.API_URI + "/Orders.Read");
        assertTrue(entra.authorize(readOnly).redirected().optional("code").isPresent(), "control");
        assertEquals("consent_required AADSTS65001", entra.authorize(silently).refusal());
        assertEquals(
                "consent_required AADSTS65001",
                entra.authorize(but(readOnly, "login_hint", "pat@contoso.example"))
                        .refusal());
    }

    @Test
    void asking_again_with_prompt_consent_shows_the_page_though_it_was_given() {
        accept(entra.assistantRequest());
        Answer page = entra.browser.press(
                entra.authorize(but(entra.assistantRequest(), "prompt", "consent")),
                "person",
                Directory.ID_PREFIX + "b4");
        assertTrue(page.body().contains("Permissions requested"));
    }

    @Test
    void withdrawing_it_stops_the_refresh_token() {
        Answer tokens = entra.token(
                entra.assistantRedemption(accept(entra.assistantRequest()).code()));
        Map<String, String> refresh = but(
                but(entra.refresh(tokens.text("refresh_token")), "client_id", Directory.ORDERS_ASSISTANT),
                "client_secret",
                entra.secrets.assistantClientSecret());
        assertEquals("200", entra.token(refresh).outcome());

        entra.entra().withdrawConsent("vic", Directory.ORDERS_ASSISTANT);
        Answer stopped = entra.token(refresh);
        assertEquals("400 invalid_grant 65001", stopped.outcome());
        assertEquals("consent_required", stopped.text("suberror"));
        assertEquals("consent_required AADSTS65001", entra.authorize(silently).refusal());
    }

    @Test
    void withdrawing_one_persons_leaves_the_others() {
        accept(entra.assistantRequest());
        Map<String, String> pat = but(entra.assistantRequest(), "login_hint", "pat@contoso.example");
        accept(pat);
        entra.entra().withdrawConsent("vic", Directory.ORDERS_ASSISTANT);
        assertTrue(entra.authorize(but(pat, "prompt", "none"))
                .redirected()
                .optional("code")
                .isPresent());
        entra.entra().forgetConsents();
        assertEquals(
                "consent_required AADSTS65001",
                entra.authorize(but(pat, "prompt", "none")).refusal());
    }

    @Test
    void the_web_chat_is_pre_authorized() {
        assertTrue(entra.authorize(entra.webRequest())
                .redirected()
                .optional("code")
                .isPresent());
    }

    private Answer accept(Map<String, String> request) {
        return entra.authorize(but(request, "consent", "accept"));
    }
}
