package dev.throughline.local.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of the well-behaved: from a sign-in to the token for Foundry. */
class SignInTest extends OneStandInForAll {

    @Test
    void a_script_gets_the_users_token_without_a_session() throws ParseException {
        Answer redirect = entra.authorize(entra.webRequest());
        assertEquals(302, redirect.status());
        assertTrue(redirect.header("Location").startsWith(entra.webRedirect() + "?code="));
        assertEquals("state-1", redirect.redirected().required("state"));

        Answer tokens = entra.token(entra.webRedemption(redirect.code()));
        assertEquals(200, tokens.status(), tokens.body());
        assertEquals("Bearer", tokens.text("token_type"));
        assertEquals(Fixture.API_URI + "/Orders.Read", tokens.text("scope"));
        assertEquals("no-store", tokens.header("Cache-Control"));

        JWTClaimsSet access = tokens.claims("access_token");
        assertEquals(List.of(Directory.API), access.getAudience());
        assertEquals(entra.url(Fixture.HOME, "/v2.0"), access.getIssuer());
        assertEquals(Directory.WEB_CHAT, access.getStringClaim("azp"));
        assertEquals("0", access.getStringClaim("azpacr"));
        assertEquals(Directory.ID_PREFIX + "b4", access.getStringClaim("oid"));
        assertEquals(Fixture.HOME, access.getStringClaim("tid"));
        assertEquals("Orders.Read", access.getStringClaim("scp"));
        assertEquals(List.of("Viewer"), access.getStringListClaim("roles"));
        assertEquals("vic@contoso.example", access.getStringClaim("preferred_username"));
        assertEquals("2.0", access.getStringClaim("ver"));
        long lifetime =
                (access.getExpirationTime().getTime() - access.getIssueTime().getTime()) / 1000;
        assertTrue(lifetime >= 3600 && lifetime <= 5400, lifetime + " s");

        JWTClaimsSet id = tokens.claims("id_token");
        assertEquals(List.of(Directory.WEB_CHAT), id.getAudience());
        assertEquals("nonce-1", id.getStringClaim("nonce"));
        assertTrue(!id.getSubject().equals(access.getSubject()), "subjects are pairwise");
    }

    @Test
    void our_api_exchanges_the_users_token_for_one_that_foundry_takes() throws ParseException {
        String assertion = entra.vicSignsIn().text("access_token");
        Answer exchanged = entra.token(entra.onBehalfOf(assertion));
        assertEquals(200, exchanged.status(), exchanged.body());
        assertTrue(exchanged.text("scope").contains("https://ai.azure.com/.default"), exchanged.text("scope"));

        JWTClaimsSet claims = exchanged.claims("access_token");
        assertEquals(List.of("https://ai.azure.com"), claims.getAudience());
        assertEquals(entra.url(Fixture.HOME, "/"), claims.getIssuer());
        assertEquals(Directory.API, claims.getStringClaim("appid"));
        assertEquals("1", claims.getStringClaim("appidacr"));
        assertEquals(Directory.ID_PREFIX + "b4", claims.getStringClaim("oid"));
        assertEquals("user_impersonation", claims.getStringClaim("scp"));
        assertEquals("vic@contoso.example", claims.getStringClaim("upn"));
        assertEquals("1.0", claims.getStringClaim("ver"));
    }
}
