package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refresh tokens rotate, belong to one client and tenant, and end. */
class RefreshTest extends OneStandInForEach {

    String refreshToken;

    @BeforeEach
    void prepare() {
        refreshToken = entra.vicSignsIn().text("refresh_token");
    }

    @Test
    void each_use_gives_a_new_one() {
        Answer refreshed = entra.token(entra.refresh(refreshToken));
        assertEquals("200", refreshed.outcome());
        assertEquals("Orders.Read", refreshed.claims("access_token").getClaim("scp"));
        assertNotEquals(refreshToken, refreshed.text("refresh_token"));
        assertEquals(
                "200",
                entra.token(entra.refresh(refreshed.text("refresh_token"))).outcome());
        assertEquals("200", entra.token(entra.refresh(refreshToken)).outcome(), "a second tab may use the old one");
    }

    @Test
    void scopes_that_were_granted_may_be_asked_for_later() {
        Map<String, String> form = but(entra.refresh(refreshToken), "scope", Fixture.API_URI + "/Orders.Write");
        assertEquals("Orders.Write", entra.token(form).claims("access_token").getClaim("scp"));
        assertEquals(
                "400 invalid_resource 650057",
                entra.token(but(form, "scope", "https://ai.azure.com/.default")).outcome());
    }

    @Test
    void it_is_bound_to_its_client_and_tenant() {
        Map<String, String> form = entra.refresh(refreshToken);
        assertEquals(
                "400 invalid_grant 70000",
                entra.token(but(form, "client_id", Directory.DESKTOP_CLIENT)).outcome());
        assertEquals(
                "400 invalid_grant 700005",
                entra.browser
                        .post(entra.url(Fixture.FOREIGN, "/oauth2/v2.0/token"), form)
                        .outcome());
        assertEquals("200", entra.token(form).outcome(), "control");
    }

    @Test
    void a_forged_one_is_refused() {
        char last = refreshToken.charAt(20);
        String forged = refreshToken.substring(0, 20) + (last == 'A' ? 'B' : 'A') + refreshToken.substring(21);
        assertEquals(
                "400 invalid_grant 70000", entra.token(entra.refresh(forged)).outcome());
        assertEquals("400 invalid_grant 70000", entra.token(entra.refresh("1.")).outcome());
        assertEquals(
                "400 invalid_grant 70000", entra.token(entra.refresh("1.&")).outcome());
        assertEquals("200", entra.token(entra.refresh(refreshToken)).outcome(), "control");
    }

    @Test
    void a_browsers_lasts_a_day_from_the_sign_in_however_often_it_is_used() {
        entra.clock.advance(Duration.ofHours(23));
        Answer refreshed = entra.token(entra.refresh(refreshToken));
        assertEquals("200", refreshed.outcome());
        entra.clock.advance(Duration.ofHours(2));
        assertEquals(
                "400 invalid_grant 700082",
                entra.token(entra.refresh(refreshed.text("refresh_token"))).outcome());
    }

    @Test
    void revoking_a_persons_sessions_ends_it() {
        entra.entra().revokeSessions("pat");
        assertEquals("200", entra.token(entra.refresh(refreshToken)).outcome(), "control");
        entra.entra().revokeSessions("vic");
        assertEquals(
                "400 invalid_grant 50173",
                entra.token(entra.refresh(refreshToken)).outcome());
        entra.clock.advance(Duration.ofSeconds(1));
        String later = entra.vicSignsIn().text("refresh_token");
        assertEquals("200", entra.token(entra.refresh(later)).outcome());
    }

    @Test
    void there_is_none_without_offline_access() {
        Map<String, String> request = but(entra.webRequest(), "scope", Fixture.API_URI + "/Orders.Read");
        Answer tokens = entra.token(entra.webRedemption(entra.authorize(request).code()));
        assertEquals("null", tokens.text("refresh_token"));
        assertEquals("null", tokens.text("id_token"));
    }
}
