package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications as themselves: no user, no scopes, roles only where granted. */
class ClientCredentialsTest extends OneStandInForAll {

    @Test
    void an_agents_own_token_has_a_role_and_no_scopes() {
        Answer answer = entra.token(nightAgent());
        JWTClaimsSet claims = answer.claims("access_token");
        assertEquals(List.of(Directory.API), claims.getAudience());
        assertEquals(List.of("MCP.Access"), claims.getClaim("roles"));
        assertEquals("app", claims.getClaim("idtyp"));
        assertEquals(claims.getSubject(), claims.getClaim("oid"));
        assertEquals(Directory.NIGHT_AGENT, claims.getClaim("azp"));
        assertEquals("11", claims.getClaim("xms_act_fct"));
        assertNull(claims.getClaim("scp"));
        assertNull(claims.getClaim("preferred_username"));
        assertEquals("null", answer.text("refresh_token"));
    }

    @Test
    void the_shared_identity_has_a_token_of_its_own() {
        Answer answer =
                entra.token(entra.clientCredentials(Directory.SHARED_IDENTITY, entra.secrets.sharedIdentitySecret()));
        assertEquals(Directory.SHARED_IDENTITY, answer.claims("access_token").getClaim("azp"));
        assertEquals(List.of("MCP.Access"), answer.claims("access_token").getClaim("roles"));
    }

    @Test
    void an_app_without_a_role_gets_a_token_without_one() {
        Answer answer =
                entra.token(entra.clientCredentials(Directory.ORDERS_ASSISTANT, entra.secrets.assistantClientSecret()));
        assertEquals("200", answer.outcome());
        assertNull(answer.claims("access_token").getClaim("roles"));
        assertNull(answer.claims("access_token").getClaim("scp"));
    }

    @Test
    void for_foundry_it_is_a_version_1_token() {
        Answer answer = entra.token(but(nightAgent(), "scope", "https://ai.azure.com/.default"));
        assertEquals(
                List.of("https://ai.azure.com"), answer.claims("access_token").getAudience());
        assertEquals(Directory.NIGHT_AGENT, answer.claims("access_token").getClaim("appid"));
        assertNull(answer.claims("access_token").getClaim("roles"));
    }

    @ParameterizedTest
    @CsvSource({
        "scope, api://c0ffee00-0000-4000-8000-0000000000a1/Orders.Read, 400 invalid_scope 1002012",
        "scope, openid api://c0ffee00-0000-4000-8000-0000000000a1/.default, 400 invalid_scope 1002012",
        "scope, api://other/.default, 400 invalid_resource 500011",
        "scope, , 400 invalid_request 900144",
        "client_secret, guessed, 401 invalid_client 7000215",
        "client_secret, , 401 invalid_client 7000218",
        "client_id, c0ffee00-0000-4000-8000-0000000000a6, 401 invalid_client 7000215"
    })
    void one_wrong_parameter_is_enough(String name, String value, String outcome) {
        assertEquals(outcome, entra.token(but(nightAgent(), name, value)).outcome());
        assertEquals("200", entra.token(nightAgent()).outcome(), "control");
    }

    @Test
    void a_public_client_is_nobody_by_itself() {
        Map<String, String> form = but(but(nightAgent(), "client_id", Directory.WEB_CHAT), "client_secret", null);
        assertEquals("401 invalid_client 7000218", entra.token(form).outcome());
    }

    @Test
    void agents_are_unknown_in_the_foreign_tenant() {
        String url = entra.url(Fixture.FOREIGN, "/oauth2/v2.0/token");
        assertEquals(
                "400 unauthorized_client 700016",
                entra.browser.post(url, nightAgent()).outcome());
    }

    private static Map<String, String> nightAgent() {
        return entra.clientCredentials(Directory.NIGHT_AGENT, entra.secrets.nightAgentSecret());
    }
}
