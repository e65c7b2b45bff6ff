package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The API proves itself by a token of the managed identity that it trusts, and by no other token. */
class FederatedCredentialsTest extends OneStandInForAll {

    private static final String BAD_CLIENT = "401 invalid_client ";

    private static Map<String, String> form(String clientAssertion) {
        Map<String, String> form =
                entra.onBehalfOf(entra.entra().tokens().user("vic").sign());
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", clientAssertion);
        return form;
    }

    private static String outcome(TokenDraft assertion) {
        return entra.token(form(assertion.sign())).outcome();
    }

    private static Map<String, String> question() {
        return Map.of(
                "api-version", "2019-08-01",
                "resource", "api://AzureADTokenExchange",
                "client_id", Directory.MANAGED_IDENTITY);
    }

    private static Answer ask(ManagedIdentityEndpoint host, Map<String, String> question, String... headers) {
        return entra.browser.get(host.address() + "?" + Browser.encode(question), headers);
    }

    @Test
    void a_hosts_token_completes_the_exchange_as_often_as_it_lasts() throws ParseException {
        try (ManagedIdentityEndpoint host = entra.entra().startManagedIdentityEndpoint()) {
            Answer answer = ask(host, question(), "X-IDENTITY-HEADER", host.header());
            assertEquals("Bearer", answer.text("token_type"));
            assertEquals("api://AzureADTokenExchange", answer.text("resource"));
            assertEquals(Directory.MANAGED_IDENTITY, answer.text("client_id"));
            SignedJWT token = SignedJWT.parse(answer.text("access_token"));
            assertEquals(
                    String.valueOf(token.getJWTClaimsSet()
                            .getExpirationTime()
                            .toInstant()
                            .getEpochSecond()),
                    answer.text("expires_on"));

            for (int i = 0; i < 2; i++) {
                Answer exchanged = entra.token(form(answer.text("access_token")));
                assertEquals("200", exchanged.outcome());
                assertEquals("2", exchanged.claims("access_token").getClaim("appidacr"));
            }
        }
    }

    @Test
    void the_token_is_the_identitys_own() throws ParseException {
        var claims =
                SignedJWT.parse(entra.entra().tokens().managedIdentity().sign()).getJWTClaimsSet();
        assertEquals(entra.url(Fixture.HOME, "/v2.0"), claims.getIssuer());
        assertEquals(List.of(Directory.TOKEN_EXCHANGE), claims.getAudience());
        assertEquals(Directory.MANAGED_IDENTITY_PRINCIPAL, claims.getSubject());
        assertEquals(Directory.MANAGED_IDENTITY_PRINCIPAL, claims.getClaim("oid"));
        assertEquals(Directory.MANAGED_IDENTITY, claims.getClaim("azp"));
        assertEquals("app", claims.getClaim("idtyp"));
    }

    static Stream<Arguments> spoilt() throws JOSEException {
        var otherKey = new RSAKeyGenerator(2048).generate().toPrivateKey();
        return Stream.of(
                spoilt("another issuer", BAD_CLIENT + 700211, token -> token.with("iss", "https://evil.example/v2.0")),
                spoilt(
                        "another tenant",
                        BAD_CLIENT + 700211,
                        token -> token.with("iss", entra.url(Fixture.FOREIGN, "/v2.0"))),
                spoilt("version 1", BAD_CLIENT + 700211, token -> token.with("iss", entra.url(Fixture.HOME, "/"))),
                spoilt("no issuer", BAD_CLIENT + 700211, token -> token.without("iss")),
                spoilt("for our API", BAD_CLIENT + 700212, token -> token.with("aud", Directory.API)),
                spoilt(
                        "for the token endpoint",
                        BAD_CLIENT + 700212,
                        token -> token.with("aud", entra.url(Fixture.HOME, "/oauth2/v2.0/token"))),
                spoilt(
                        "in other letters",
                        BAD_CLIENT + 700212,
                        token -> token.with("aud", "api://azureadtokenexchange")),
                spoilt("for nobody", BAD_CLIENT + 700212, token -> token.without("aud")),
                spoilt(
                        "for two",
                        BAD_CLIENT + 5002741,
                        token -> token.with("aud", List.of(Directory.TOKEN_EXCHANGE, Directory.API))),
                spoilt("by client id", BAD_CLIENT + 700213, token -> token.with("sub", Directory.MANAGED_IDENTITY)),
                spoilt("another subject", BAD_CLIENT + 700213, token -> token.with("sub", Directory.ID_PREFIX + "e2")),
                spoilt(
                        "in capitals",
                        BAD_CLIENT + 700213,
                        token -> token.with(
                                "sub", Directory.MANAGED_IDENTITY_PRINCIPAL.toUpperCase(java.util.Locale.ROOT))),
                spoilt("no subject", BAD_CLIENT + 700213, token -> token.without("sub")),
                spoilt("obtained by federation itself", BAD_CLIENT + 700231, token -> token.with("xms_ficinfo", "x")),
                spoilt("signed by another key", BAD_CLIENT + 700027, token -> token.signedBy(otherKey)),
                spoilt("an unknown key", BAD_CLIENT + 700027, token -> token.header("kid", "k")),
                spoilt("no key", BAD_CLIENT + 700027, token -> token.withoutHeader("kid")),
                spoilt("alg none", "400 invalid_request 50027", token -> token.header("alg", "none")),
                spoilt("another algorithm", "400 invalid_request 5002738", token -> token.header("alg", "PS256")),
                spoilt("another type", "400 invalid_request 5002727", token -> token.header("typ", "at+jwt")),
                spoilt("expired", BAD_CLIENT + 700024, token -> token.shifted(Duration.ofHours(-25))),
                spoilt("from the future", BAD_CLIENT + 700024, token -> token.shifted(Duration.ofMinutes(1))),
                spoilt("without an end", BAD_CLIENT + 700024, token -> token.without("exp")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void a_spoilt_token_is_refused(String name, String refusal, UnaryOperator<TokenDraft> spoiling) {
        TokenDraft control = entra.entra().tokens().managedIdentity();
        assertEquals("200", outcome(control), "control");
        assertEquals(refusal, outcome(spoiling.apply(control)));
    }

    @Test
    void the_audience_may_be_given_as_the_uri() {
        assertEquals(
                "200", outcome(entra.entra().tokens().managedIdentity().with("aud", "api://AzureADTokenExchange")));
    }

    @Test
    void genuine_tokens_of_others_are_refused() {
        TokenWorkshop tokens = entra.entra().tokens();
        assertEquals(BAD_CLIENT + 700212, outcome(tokens.user("vic")));
        assertEquals(BAD_CLIENT + 700212, outcome(tokens.idToken("vic")));
        assertEquals(BAD_CLIENT + 700211, outcome(tokens.userForFoundry("vic")));

        Map<String, String> agent = but(
                entra.clientCredentials(Directory.NIGHT_AGENT, entra.secrets.nightAgentSecret()),
                "scope",
                "api://AzureADTokenExchange/.default");
        String token = entra.token(agent).text("access_token");
        assertEquals(BAD_CLIENT + 700213, entra.token(form(token)).outcome());
    }

    @Test
    void no_other_application_trusts_the_identity() {
        Map<String, String> form = form(entra.entra().tokens().managedIdentity().sign());
        assertEquals("200", entra.token(form).outcome(), "control");
        assertEquals(
                BAD_CLIENT + 700211,
                entra.token(but(form, "client_id", Directory.NIGHT_AGENT)).outcome());
    }

    @Test
    void the_identitys_token_is_no_users() {
        String token = entra.entra()
                .tokens()
                .managedIdentity()
                .with("aud", Directory.API)
                .sign();
        assertEquals(
                "400 invalid_grant 7000114",
                entra.token(entra.onBehalfOf(token)).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "api-version, 2017-09-01, 400",
        "api-version, , 400",
        "resource, https://ai.azure.com, 400",
        "resource, , 400",
        "client_id, c0ffee00-0000-4000-8000-0000000000a1, 400",
        "client_id, , 400"
    })
    void a_host_gives_its_own_identity_alone(String name, String value, int status) {
        try (ManagedIdentityEndpoint host = entra.entra().startManagedIdentityEndpoint()) {
            String[] header = {"X-IDENTITY-HEADER", host.header()};
            Answer refused = ask(host, but(question(), name, value), header);
            assertEquals(status, refused.status());
            assertEquals(String.valueOf(status), refused.text("statusCode"));
            assertEquals(200, ask(host, question(), header).status(), "control");
        }
    }

    @Test
    void a_host_gives_nothing_without_its_header() {
        try (ManagedIdentityEndpoint host = entra.entra().startManagedIdentityEndpoint()) {
            assertEquals(401, ask(host, question()).status());
            assertEquals(
                    401, ask(host, question(), "X-IDENTITY-HEADER", "guessed").status());
            assertEquals(401, ask(host, question(), "Metadata", "true").status());
            String twice = host.address() + "?" + Browser.encode(question()) + "&client_id=" + Directory.API;
            assertEquals(
                    400,
                    entra.browser.get(twice, "X-IDENTITY-HEADER", host.header()).status());
            assertEquals(
                    405,
                    entra.browser
                            .post(host.address().toString(), question(), "X-IDENTITY-HEADER", host.header())
                            .status());
            assertTrue(!host.address().toString().contains(":" + entra.ports.entra() + "/"), "on a port of its own");
        }
    }

    private static Arguments spoilt(String name, String refusal, UnaryOperator<TokenDraft> spoiling) {
        return Arguments.of(name, refusal, spoiling);
    }
}
