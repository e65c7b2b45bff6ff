package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in as a person does: with the pages, in a browser that keeps cookies. */
class PageFlowTest extends OneStandInForEach {

    private static final String VIC = Directory.ID_PREFIX + "b4";
    private static final String PAT = Directory.ID_PREFIX + "b3";

    Map<String, String> request;

    @BeforeEach
    void prepare() {
        request = but(but(entra.webRequest(), "prompt", null), "login_hint", null);
    }

    @Test
    void a_person_picks_an_account_and_goes_on_to_the_app() {
        Answer page = entra.authorize(request);
        assertEquals(200, page.status());
        assertTrue(page.body().contains("Local stand-in for Microsoft Entra ID"));
        assertTrue(page.body().contains("Vic Viewer") && page.body().contains("Ada Admin"));
        assertFalse(page.body().contains("Eve"), "people of another tenant");

        Answer redirect = entra.browser.press(page, "person", VIC);
        assertTrue(redirect.header("Location").startsWith(entra.webRedirect()));
        assertEquals(
                "vic@contoso.example",
                entra.token(entra.webRedemption(redirect.code()))
                        .claims("access_token")
                        .getClaim("preferred_username"));
    }

    @Test
    void the_pages_allow_no_script_and_no_frame() {
        Answer page = entra.authorize(request);
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'; style-src 'self'"));
        assertEquals("DENY", page.header("X-Frame-Options"));
        assertFalse(page.body().contains("<script"));
    }

    @Test
    void the_session_signs_a_second_app_in_without_asking() {
        signIn(VIC);
        Answer second = entra.authorize(
                but(but(request, "client_id", Directory.DESKTOP_CLIENT), "redirect_uri", "http://127.0.0.1:4711/cb"));
        assertTrue(second.body().contains("Permissions requested"), "straight to the consent page");
        assertEquals(302, entra.authorize(but(request, "prompt", "none")).status());
    }

    @Test
    void the_session_cookie_is_kept_from_scripts_and_other_sites() {
        Answer signedIn = signIn(VIC);
        String cookie = signedIn.header("Set-Cookie");
        assertTrue(cookie.contains("; HttpOnly; SameSite=Lax"), cookie);
        assertTrue(cookie.contains("; Path=/" + Fixture.HOME + "/;"), cookie);
    }

    @Test
    void login_and_select_account_ask_even_with_a_session() {
        signIn(VIC);
        for (String prompt : new String[] {"login", "select_account"}) {
            assertTrue(entra.authorize(but(request, "prompt", prompt)).body().contains("Pick an account"), prompt);
        }
        assertEquals(302, entra.authorize(request).status(), "control");
    }

    @Test
    void a_hint_of_another_person_asks_again() {
        signIn(VIC);
        Answer page = entra.authorize(but(request, "login_hint", "pat@contoso.example"));
        assertTrue(page.body().contains("Pick an account"));
        assertTrue(page.body().indexOf("Pat PM") < page.body().indexOf("Ada Admin"), "the hinted person comes first");
        assertEquals(
                302,
                entra.authorize(but(request, "login_hint", "vic@contoso.example"))
                        .status(),
                "control");
    }

    @Test
    void silence_without_a_session_is_refused() {
        assertEquals(
                "login_required AADSTS50058",
                entra.authorize(but(request, "prompt", "none")).refusal());
        Map<String, String> foreignPerson = but(entra.webRequest(), "login_hint", "eve@fabrikam.example");
        assertEquals(
                "login_required AADSTS50058", entra.authorize(foreignPerson).refusal());
    }

    @Test
    void logging_out_ends_the_session_and_returns_only_to_registered_places() {
        signIn(VIC);
        String logout = entra.url(Fixture.HOME, "/oauth2/v2.0/logout?post_logout_redirect_uri=");
        assertEquals(
                entra.webRedirect(),
                entra.browser.get(logout + entra.webRedirect()).header("Location"));
        assertTrue(entra.authorize(request).body().contains("Pick an account"));

        Answer elsewhere = entra.browser.get(logout + entra.webRedirect() + "x");
        assertEquals(200, elsewhere.status());
        assertTrue(elsewhere.body().contains("You signed out"));
    }

    @Test
    void a_page_is_good_for_one_answer() {
        Answer page = entra.authorize(request);
        assertEquals(302, entra.browser.press(page, "person", VIC).status());
        Answer again = entra.browser.press(page, "person", PAT);
        assertEquals(400, again.status());
        assertTrue(again.body().contains("AADSTS50089"));
    }

    @Test
    void a_page_left_open_expires() {
        Answer page = entra.authorize(request);
        entra.clock.advance(Duration.ofMinutes(16));
        assertTrue(entra.browser.press(page, "person", VIC).body().contains("AADSTS50089"));
    }

    @Test
    void a_form_sent_from_another_site_is_refused() {
        Answer page = entra.authorize(request);
        assertEquals(
                400,
                entra.browser
                        .press(page, "person", VIC, "Origin", "http://evil.example")
                        .status());
        String own = entra.entra().baseUrl().toString();
        assertEquals(
                302, entra.browser.press(page, "person", VIC, "Origin", own).status(), "control");
    }

    @Test
    void a_person_of_another_tenant_cannot_be_smuggled_into_the_form() {
        Answer page = entra.authorize(request);
        String eve = Directory.ID_PREFIX + "b5";
        assertEquals(400, entra.browser.press(page, "person", eve).status());
    }

    private Answer signIn(String person) {
        return entra.browser.press(entra.authorize(request), "person", person);
    }
}
