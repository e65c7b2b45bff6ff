package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The on-behalf-of exchange checks the assertion as a resource server would, and the client as well. */
class OnBehalfOfTest extends OneStandInForAll {

    @Test
    void it_takes_an_assertion_for_the_client_that_presents_it() {
        assertEquals("200", exchange(entra.entra().tokens().user("vic").sign()).outcome());
    }

    static Stream<Arguments> spoiltAssertions() throws JOSEException {
        var otherKey = new RSAKeyGenerator(2048).generate().toPrivateKey();
        return Stream.of(
                spoilt("signed by another key", "50013", token -> token.signedBy(otherKey)),
                spoilt("without a signature", "50027", token -> token.signedWith(input -> new byte[0])),
                spoilt("alg none", "50027", token -> token.header("alg", "none")),
                spoilt("another algorithm", "50013", token -> token.header("alg", "RS512")),
                spoilt("an unknown key id", "50013", token -> token.header("kid", "k")),
                spoilt("no key id", "50013", token -> token.withoutHeader("kid")),
                spoilt("another issuer", "50013", token -> token.with("iss", "https://evil.example/v2.0")),
                spoilt("another tenant", "50013", token -> token.with("tid", Fixture.FOREIGN)),
                spoilt("for Foundry", "500131", token -> token.with("aud", "https://ai.azure.com")),
                spoilt("for the web chat", "500131", token -> token.with("aud", Directory.WEB_CHAT)),
                spoilt("for two", "500131", token -> token.with("aud", List.of(Directory.API, Directory.WEB_CHAT))),
                spoilt("no audience", "500131", token -> token.without("aud")),
                spoilt("expired", "500133", TokenDraft::expired),
                spoilt("from the future", "500133", token -> token.shifted(Duration.ofHours(1))),
                spoilt("without expiry", "500133", token -> token.without("exp")),
                spoilt("app-only", "7000114", token -> token.with("idtyp", "app")),
                spoilt("without scopes", "7000114", token -> token.without("scp")),
                spoilt("an unknown user", "50013", token -> token.with("oid", Directory.ID_PREFIX + "bf")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiltAssertions")
    void a_spoilt_assertion_is_refused(String name, String code, UnaryOperator<TokenDraft> spoiling) {
        TokenDraft control = entra.entra().tokens().user("vic");
        assertEquals("200", exchange(control.sign()).outcome(), "control");
        assertEquals(
                "400 invalid_grant " + code,
                exchange(spoiling.apply(control).sign()).outcome());
    }

    @Test
    void tokens_of_other_kinds_are_refused() {
        TokenWorkshop tokens = entra.entra().tokens();
        assertEquals("400 invalid_grant 50027", exchange("not-a-token").outcome());
        assertEquals(
                "400 invalid_grant 500131",
                exchange(tokens.userForFoundry("vic").sign()).outcome());
        assertEquals(
                "400 invalid_grant 500131",
                exchange(tokens.idToken("vic").sign()).outcome());
        assertEquals(
                "400 invalid_grant 7000114",
                exchange(tokens.application(Directory.NIGHT_AGENT).sign()).outcome());
        assertEquals(
                "400 invalid_grant 50013", exchange(tokens.user("eve").sign()).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, guessed, 401 invalid_client 7000215",
        "client_secret, , 401 invalid_client 7000218",
        "client_id, c0ffee00-0000-4000-8000-0000000000ff, 400 unauthorized_client 700016",
        "assertion, , 400 invalid_request 900144",
        "requested_token_use, , 400 invalid_request 900144",
        "requested_token_use, anything, 400 invalid_request 9002313",
        "scope, , 400 invalid_request 900144",
        "scope, openid, 400 invalid_scope 70011",
        "scope, user_impersonation, 400 invalid_scope 70011",
        "scope, https://ai.azure.com/everything, 400 invalid_scope 70011",
        "scope, https://ai.azure.com/.default https://ai.azure.com/user_impersonation, 400 invalid_scope 70011",
        "scope, https://ai.azure.com.evil.example/.default, 400 invalid_resource 500011",
        "scope, https://graph.microsoft.com/.default, 400 invalid_resource 650057",
        "scope, https://ai.azure.com/.default api://c0ffee00-0000-4000-8000-0000000000a1/Orders.Read, "
                + "400 invalid_request 28000"
    })
    void one_wrong_parameter_is_enough(String name, String value, String outcome) {
        Map<String, String> control =
                entra.onBehalfOf(entra.entra().tokens().user("vic").sign());
        assertEquals(outcome, entra.token(but(control, name, value)).outcome());
        assertEquals("200", entra.token(control).outcome(), "control");
    }

    @Test
    void a_public_client_cannot_exchange() {
        String assertion = entra.entra()
                .tokens()
                .user("vic")
                .with("aud", Directory.WEB_CHAT)
                .sign();
        Map<String, String> form =
                but(but(entra.onBehalfOf(assertion), "client_id", Directory.WEB_CHAT), "client_secret", null);
        assertEquals("401 invalid_client 7000218", entra.token(form).outcome());
    }

    @Test
    void without_the_administrators_consent_it_says_so() {
        String assertion = entra.entra().tokens().user("eve").sign();
        Answer refused =
                entra.browser.post(entra.url(Fixture.FOREIGN, "/oauth2/v2.0/token"), entra.onBehalfOf(assertion));
        assertEquals("400 invalid_grant 65001", refused.outcome());
        assertEquals("consent_required", refused.text("suberror"));
    }

    @Test
    void the_scopes_of_microsofts_libraries_are_taken() {
        String scope = "https://ai.azure.com/.default openid profile offline_access";
        Map<String, String> form =
                but(entra.onBehalfOf(entra.entra().tokens().user("vic").sign()), "scope", scope);
        Answer answer = entra.token(but(form, "client_info", "1"));
        assertEquals("https://ai.azure.com/user_impersonation https://ai.azure.com/.default", answer.text("scope"));
        assertTrue(answer.json().keySet().containsAll(Set.of("refresh_token", "id_token", "client_info")));
        assertEquals(
                "https://ai.azure.com/user_impersonation",
                entra.token(but(form, "scope", "https://ai.azure.com/user_impersonation"))
                        .text("scope"));
    }

    @Test
    void an_error_has_the_shape_of_the_real_one() {
        String correlationId = "0198a3c0-0000-7000-8000-000000000001";
        Map<String, String> form =
                entra.onBehalfOf(entra.entra().tokens().user("vic").expired().sign());
        Answer refused = entra.token(form, "client-request-id", correlationId);
        assertEquals(
                Set.of(
                        "error",
                        "error_description",
                        "error_codes",
                        "timestamp",
                        "trace_id",
                        "correlation_id",
                        "error_uri"),
                refused.json().keySet());
        assertEquals(correlationId, refused.text("correlation_id"));
        assertEquals("no-store", refused.header("Cache-Control"));
        assertTrue(
                refused.text("error_description")
                        .matches("AADSTS500133: .* Trace ID: \\S{36} Correlation ID: " + correlationId
                                + " Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ"),
                refused.text("error_description"));
    }

    @Test
    void a_test_scripts_the_next_answers() {
        String assertion = entra.entra().tokens().user("vic").sign();
        String claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
        entra.entra().answerNextOnBehalfOfWith(AadError.consentMissing());
        entra.entra().answerNextOnBehalfOfWith(AadError.multiFactorNeeded(claims));
        entra.entra().answerNextOnBehalfOfWith(AadError.notAssigned());
        entra.entra().answerNextOnBehalfOfWith(AadError.unavailable());
        entra.entra().answerNextOnBehalfOfWith(502, "text/html", "<h1>Bad gateway</h1>");
        entra.entra().delayNextOnBehalfOf(Duration.ofMillis(300));

        assertEquals("400 invalid_grant 65001", exchange(assertion).outcome());
        Answer stepUp = exchange(assertion);
        assertEquals("400 interaction_required 50076", stepUp.outcome());
        assertEquals(claims, stepUp.text("claims"));
        assertEquals("basic_action", stepUp.text("suberror"));
        assertEquals("400 invalid_grant 50105", exchange(assertion).outcome());
        assertEquals("503 temporarily_unavailable 90033", exchange(assertion).outcome());
        assertEquals("<h1>Bad gateway</h1>", exchange(assertion).body());
        long before = System.nanoTime();
        assertEquals("200", exchange(assertion).outcome());
        assertTrue(System.nanoTime() - before >= 300_000_000L, "delayed");
        assertEquals("200", exchange(assertion).outcome());
    }

    @Test
    void a_test_sees_where_the_assertion_went_but_not_the_assertion() {
        String assertion = entra.entra().tokens().user("vic").sign();
        exchange(assertion);
        List<ReceivedRequest> requests = entra.entra().requests();
        ReceivedRequest last = requests.get(requests.size() - 1);
        String digest = java.util.HexFormat.of().formatHex(TokenFactory.sha256(assertion));
        assertEquals(digest, last.assertionSha256());
        assertEquals(Directory.API, last.clientId());
        assertEquals(TokenEndpoint.ON_BEHALF_OF, last.grantType());
        assertFalse(last.toString().contains(assertion));
        assertFalse(last.toString().contains(entra.secrets.apiClientSecret()));
        assertFalse(last.headers().containsKey("authorization"));
    }

    private static Arguments spoilt(String name, String code, UnaryOperator<TokenDraft> spoiling) {
        return Arguments.of(name, code, spoiling);
    }

    private static Answer exchange(String assertion) {
        return entra.token(entra.onBehalfOf(assertion));
    }
}
