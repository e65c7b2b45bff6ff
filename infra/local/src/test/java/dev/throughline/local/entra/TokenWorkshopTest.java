package dev.throughline.local.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The workshop's tokens are the genuine ones, but for the one thing that a test changes. */
class TokenWorkshopTest extends OneStandInForAll {

    static TokenDraft vic;

    @BeforeAll
    static void prepare() {
        vic = entra.entra().tokens().user("vic");
    }

    @Test
    void an_untouched_draft_is_what_the_token_endpoint_issues() throws Exception {
        SignedJWT drafted = SignedJWT.parse(vic.sign());
        assertTrue(verifies(drafted));
        SignedJWT issued = SignedJWT.parse(entra.vicSignsIn().text("access_token"));
        assertEquals(issued.getHeader().toJSONObject(), drafted.getHeader().toJSONObject());
        for (String same : Set.of("aud", "iss", "oid", "tid", "sub", "azp", "azpacr", "roles", "ver", "name")) {
            assertEquals(
                    issued.getJWTClaimsSet().getClaim(same),
                    drafted.getJWTClaimsSet().getClaim(same),
                    same);
        }
        assertEquals(
                issued.getJWTClaimsSet().getClaims().keySet(),
                drafted.getJWTClaimsSet().getClaims().keySet());
    }

    @Test
    void a_change_leaves_the_control_as_it_was() throws Exception {
        SignedJWT changed = SignedJWT.parse(vic.with("azp", "somebody").sign());
        assertTrue(verifies(changed), "the change is signed");
        assertEquals("somebody", changed.getJWTClaimsSet().getClaim("azp"));
        assertEquals(Directory.WEB_CHAT, vic.claims().get("azp"));
    }

    @Test
    void what_no_map_can_hold_is_written_as_text() {
        assertTrue(payload(vic.with("roles", null)).contains("\"roles\":null"));
        String twice = payload(vic.payload(json -> json.replaceFirst("\\{", "{\"oid\":\"x\",")));
        assertEquals(3, twice.split("\"oid\"").length);
        assertFalse(payload(vic.without("oid")).contains("\"oid\""));
    }

    @Test
    void eves_draft_is_of_the_foreign_tenant() throws ParseException {
        SignedJWT eve = SignedJWT.parse(entra.entra().tokens().user("eve").sign());
        assertEquals(Fixture.FOREIGN, eve.getJWTClaimsSet().getClaim("tid"));
    }

    private static boolean verifies(SignedJWT token) throws ParseException, JOSEException {
        String keys = entra.browser
                .get(entra.url(Fixture.HOME, "/discovery/v2.0/keys"))
                .body();
        return token.verify(new RSASSAVerifier(
                JWKSet.parse(keys).getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey()));
    }

    private static String payload(TokenDraft draft) {
        return new String(Base64.getUrlDecoder().decode(draft.sign().split("\\.")[1]), StandardCharsets.UTF_8);
    }
}
