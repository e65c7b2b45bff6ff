package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signing keys rotate; they, consents and refresh tokens outlive a restart. */
class KeysAndRestartTest extends OneStandInForEach {

    @Test
    void both_tenants_publish_the_same_keys_without_their_private_halves() throws ParseException {
        assertEquals(keys(Fixture.HOME).toString(false), keys(Fixture.FOREIGN).toString(false));
        RSAKey key = keys(Fixture.HOME).getKeys().get(0).toRSAKey();
        assertFalse(key.isPrivate());
        assertEquals(2048, key.size());
        Answer json = entra.browser.get(entra.url(Fixture.HOME, "/discovery/v2.0/keys"));
        assertEquals(
                entra.entra().baseUrl() + "/{tenantid}/v2.0",
                ((Map<?, ?>) ((List<?>) json.json().get("keys")).get(0)).get("issuer"));
    }

    @Test
    void after_a_rotation_new_tokens_have_a_new_key_and_old_ones_still_verify() throws Exception {
        SignedJWT before = vicsToken();
        entra.entra().rotateKeys();
        SignedJWT after = vicsToken();
        assertNotEquals(before.getHeader().getKeyID(), after.getHeader().getKeyID());
        assertTrue(verifies(before) && verifies(after));
        assertEquals("200", entra.token(entra.onBehalfOf(before.serialize())).outcome());

        entra.entra().dropRetiredKeys();
        assertFalse(verifies(before));
        assertTrue(verifies(after));
        assertEquals(
                "400 invalid_grant 50013",
                entra.token(entra.onBehalfOf(before.serialize())).outcome());
        assertEquals("200", entra.token(entra.onBehalfOf(after.serialize())).outcome());
    }

    @Test
    void tokens_refresh_tokens_and_consents_survive_a_restart() throws Exception {
        Answer tokens = entra.vicSignsIn();
        entra.authorize(but(entra.assistantRequest(), "consent", "accept"));
        entra.restart();
        assertTrue(verifies(SignedJWT.parse(tokens.text("access_token"))));
        assertEquals(
                "200", entra.token(entra.refresh(tokens.text("refresh_token"))).outcome());
        assertTrue(entra.authorize(but(entra.assistantRequest(), "prompt", "none"))
                .redirected()
                .optional("code")
                .isPresent());

        entra.entra().revokeSessions("vic");
        entra.entra().forgetConsents();
        entra.restart();
        assertEquals(
                "400 invalid_grant 50173",
                entra.token(entra.refresh(tokens.text("refresh_token"))).outcome());
        assertEquals(
                "consent_required AADSTS65001",
                entra.authorize(but(entra.assistantRequest(), "prompt", "none")).refusal());
    }

    @Test
    void what_is_kept_is_for_its_owner_alone() throws IOException {
        entra.authorize(but(entra.assistantRequest(), "consent", "accept"));
        try (Stream<Path> files = Files.list(dataDir.resolve("entra"))) {
            List<Path> all = files.toList();
            assertEquals(3, all.size(), all.toString());
            for (Path file : all) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
    }

    private SignedJWT vicsToken() throws ParseException {
        return SignedJWT.parse(entra.vicSignsIn().text("access_token"));
    }

    private boolean verifies(SignedJWT token) throws ParseException, JOSEException {
        JWK key = keys(Fixture.HOME).getKeyByKeyId(token.getHeader().getKeyID());
        return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
    }

    private JWKSet keys(String tenant) throws ParseException {
        return JWKSet.parse(
                entra.browser.get(entra.url(tenant, "/discovery/v2.0/keys")).body());
    }
}
