package dev.throughline.local.entra;

import static dev.throughline.local.entra.Fixture.but;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The API proves itself by a registered certificate; each refusal is one change of an assertion that is accepted. */
class CertificateCredentialsTest extends OneStandInForAll {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BAD_CLIENT = "401 invalid_client ";
    private static final String BAD_REQUEST = "400 invalid_request ";

    @TempDir
    static Path keys;

    static SelfSigned registered;
    static SelfSigned stranger;
    static SelfSigned ended;

    @BeforeAll
    static void register() {
        registered = SelfSigned.rsa(keys);
        stranger = SelfSigned.rsa(keys);
        ended = SelfSigned.make(keys, "-keyalg", "RSA", "-keysize", "2048", "-startdate", "-3d", "-validity", "1");
        entra.entra().registerCertificate(registered.certificate());
        entra.entra().registerCertificate(ended.certificate());
    }

    /** What the documentation asks a client to send. */
    private static TokenDraft assertion(SelfSigned by) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "PS256");
        header.put("typ", "JWT");
        header.put("x5t#S256", by.thumbprint("SHA-256"));
        long now = entra.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", entra.url(Fixture.HOME, "/oauth2/v2.0/token"));
        claims.put("iss", Directory.API);
        claims.put("sub", Directory.API);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 300);
        RSAKey key = new RSAKey.Builder((RSAPublicKey) by.certificate().getPublicKey())
                .privateKey(by.key())
                .build();
        return TokenDraft.of(header, claims, key).signedByKey(CertificateCredentialsTest::ps256);
    }

    private static byte[] ps256(PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256WithRsa(PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> form(String clientAssertion) {
        Map<String, String> form =
                entra.onBehalfOf(entra.entra().tokens().user("vic").sign());
        form.remove("client_secret");
        form.put("client_assertion_type", TYPE);
        form.put("client_assertion", clientAssertion);
        return form;
    }

    private static String outcome(TokenDraft assertion) {
        return entra.token(form(assertion.sign())).outcome();
    }

    @Test
    void a_registered_certificate_completes_the_exchange_and_the_token_says_how() {
        Answer answer = entra.token(form(assertion(registered).sign()));
        assertEquals("200", answer.outcome());
        assertEquals(Directory.API, answer.claims("access_token").getClaim("appid"));
        assertEquals("2", answer.claims("access_token").getClaim("appidacr"));
    }

    @Test
    void a_secret_still_does_and_the_token_says_how() {
        Answer answer =
                entra.token(entra.onBehalfOf(entra.entra().tokens().user("vic").sign()));
        assertEquals("1", answer.claims("access_token").getClaim("appidacr"));
    }

    @Test
    void the_application_may_act_as_itself_by_it() {
        Map<String, String> form = entra.clientCredentials(Directory.API, "");
        form.remove("client_secret");
        form.put("client_assertion_type", TYPE);
        form.put("client_assertion", assertion(registered).sign());
        assertEquals("2", entra.token(form).claims("access_token").getClaim("azpacr"));
    }

    static Stream<Arguments> variants() {
        return Stream.of(
                changed("RS256", token -> token.header("alg", "RS256").signedByKey((k, in) -> sha256WithRsa(k, in))),
                changed(
                        "named by SHA-1",
                        token -> token.withoutHeader("x5t#S256").header("x5t", registered.thumbprint("SHA-1"))),
                changed("named by both", token -> token.header("x5t", registered.thumbprint("SHA-1"))),
                changed("for the issuer", token -> token.with("aud", entra.url(Fixture.HOME, "/v2.0"))),
                changed(
                        "for it, in a list",
                        token -> token.with("aud", List.of(entra.url(Fixture.HOME, "/oauth2/v2.0/token")))),
                changed("without nbf", token -> token.without("nbf")),
                changed(
                        "for ten minutes",
                        token -> token.with("exp", entra.clock.instant().getEpochSecond() + 600)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void what_else_is_documented_is_accepted(String name, UnaryOperator<TokenDraft> change) {
        assertEquals("200", outcome(change.apply(assertion(registered))));
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                spoilt(
                        "signed by a stranger",
                        BAD_CLIENT + 700027,
                        token -> token.signedByKey((genuine, input) -> ps256(stranger.key(), input))),
                spoilt(
                        "signed otherwise than it says",
                        BAD_CLIENT + 700027,
                        token -> token.signedByKey(CertificateCredentialsTest::sha256WithRsa)),
                spoilt("without a signature", BAD_REQUEST + 50027, token -> token.signedWith(input -> new byte[0])),
                spoilt("alg none", BAD_REQUEST + 50027, token -> token.header("alg", "none")),
                spoilt("another algorithm", BAD_REQUEST + 5002738, token -> token.header("alg", "PS512")),
                spoilt("with the public key as a secret", BAD_REQUEST + 5002738, token -> token.header("alg", "HS256")),
                spoilt("another type", BAD_REQUEST + 5002727, token -> token.header("typ", "at+jwt")),
                spoilt(
                        "an unknown critical header",
                        BAD_CLIENT + 700027,
                        token -> token.header("x", 1).header("crit", List.of("x"))),
                spoilt(
                        "an unknown certificate",
                        BAD_CLIENT + 700027,
                        token -> token.header("x5t#S256", stranger.thumbprint("SHA-256"))),
                spoilt("no certificate", BAD_CLIENT + 700027, token -> token.withoutHeader("x5t#S256")),
                spoilt(
                        "two certificates",
                        BAD_CLIENT + 700027,
                        token -> token.header("x5t", stranger.thumbprint("SHA-1"))),
                spoilt(
                        "of another client",
                        BAD_CLIENT + 700021,
                        token -> token.with("iss", Directory.NIGHT_AGENT).with("sub", Directory.NIGHT_AGENT)),
                spoilt("another issuer", BAD_CLIENT + 700211, token -> token.with("iss", Directory.NIGHT_AGENT)),
                spoilt("no issuer", BAD_CLIENT + 700211, token -> token.without("iss")),
                spoilt("another subject", BAD_CLIENT + 50048, token -> token.with("sub", Directory.NIGHT_AGENT)),
                spoilt("no subject", BAD_CLIENT + 50048, token -> token.without("sub")),
                spoilt(
                        "for another tenant",
                        BAD_CLIENT + 700023,
                        token -> token.with("aud", entra.url(Fixture.FOREIGN, "/oauth2/v2.0/token"))),
                spoilt(
                        "for another endpoint",
                        BAD_CLIENT + 700023,
                        token -> token.with("aud", entra.url(Fixture.HOME, "/oauth2/v2.0/authorize"))),
                spoilt("for itself", BAD_CLIENT + 700023, token -> token.with("aud", Directory.API)),
                spoilt("for nobody", BAD_CLIENT + 700023, token -> token.without("aud")),
                spoilt(
                        "for two",
                        BAD_CLIENT + 5002741,
                        token -> token.with(
                                "aud",
                                List.of(
                                        entra.url(Fixture.HOME, "/oauth2/v2.0/token"),
                                        entra.url(Fixture.HOME, "/v2.0")))),
                spoilt("expired", BAD_CLIENT + 700024, TokenDraft::expired),
                spoilt("from the future", BAD_CLIENT + 700024, token -> token.shifted(Duration.ofMinutes(1))),
                spoilt("without an end", BAD_CLIENT + 700024, token -> token.without("exp")),
                spoilt(
                        "for an hour",
                        BAD_CLIENT + 700024,
                        token -> token.with("exp", entra.clock.instant().getEpochSecond() + 3600)),
                spoilt("without an id", BAD_REQUEST + 50027, token -> token.without("jti")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void a_spoilt_assertion_is_refused(String name, String refusal, UnaryOperator<TokenDraft> spoiling) {
        assertEquals(refusal, outcome(spoiling.apply(assertion(registered))));
        assertEquals("200", outcome(assertion(registered)), "control");
    }

    @Test
    void an_assertion_is_good_for_one_use() {
        String once = assertion(registered).sign();
        assertEquals("200", entra.token(form(once)).outcome());
        assertEquals(BAD_REQUEST + 50027, entra.token(form(once)).outcome());
        String id = (String) assertion(registered).claims().get("jti");
        assertEquals("200", outcome(assertion(registered).with("jti", id)));
        assertEquals(BAD_REQUEST + 50027, outcome(assertion(registered).with("jti", id)));
    }

    @Test
    void a_refused_assertion_does_not_use_up_its_id() {
        TokenDraft draft = assertion(registered);
        assertEquals(BAD_CLIENT + 700023, outcome(draft.without("aud")));
        assertEquals("200", outcome(draft));
    }

    @Test
    void a_certificate_in_the_header_is_not_a_registered_one() throws GeneralSecurityException {
        TokenDraft own = assertion(stranger)
                .header(
                        "x5c",
                        List.of(Base64.encode(stranger.certificate().getEncoded())
                                .toString()));
        assertEquals(BAD_CLIENT + 700027, outcome(own));
    }

    @Test
    void a_certificate_that_has_ended_proves_nothing() {
        Answer refused = entra.token(form(assertion(ended).sign()));
        assertEquals(BAD_CLIENT + 700027, refused.outcome());
        assertEquals(true, refused.text("error_description").contains("expired"), refused.body());
    }

    @Test
    void it_is_the_certificate_of_our_api_alone() {
        TokenDraft agents =
                assertion(registered).with("iss", Directory.NIGHT_AGENT).with("sub", Directory.NIGHT_AGENT);
        Map<String, String> form = but(form(agents.sign()), "client_id", Directory.NIGHT_AGENT);
        assertEquals(BAD_CLIENT + 700027, entra.token(form).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "client_assertion_type, , 400 invalid_request 900144",
        "client_assertion_type, urn:ietf:params:oauth:client-assertion-type:saml2-bearer, 400 invalid_request 90011",
        "client_assertion, , 401 invalid_client 7000218",
        "client_assertion, not-a-token, 400 invalid_request 50027",
        "client_secret, guessed, 400 invalid_request 9002313",
        "client_id, , 400 invalid_request 900144",
        "client_id, c0ffee00-0000-4000-8000-0000000000a5, 401 invalid_client 700021",
        "client_id, c0ffee00-0000-4000-8000-0000000000a2, 401 invalid_client 700025"
    })
    void one_wrong_parameter_is_enough(String name, String value, String outcome) {
        Map<String, String> control = form(assertion(registered).sign());
        assertEquals(outcome, entra.token(but(control, name, value)).outcome());
        assertEquals("200", entra.token(control).outcome(), "control");
    }

    @Test
    void a_secret_by_http_basic_beside_it_is_one_proof_too_many() {
        String basic = "Basic "
                + Base64.encode(
                        (Directory.API + ":" + entra.secrets.apiClientSecret()).getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = form(assertion(registered).sign());
        assertEquals(
                BAD_REQUEST + 9002313, entra.token(form, "Authorization", basic).outcome());
    }

    @Test
    void a_file_beside_the_data_registers_certificates_without_a_restart() throws Exception {
        Path file = dataDir.resolve("api-certificate.pem");
        assertEquals(BAD_CLIENT + 700027, outcome(assertion(stranger)));
        Files.writeString(file, "Bag Attributes\n" + ended.pem() + stranger.pem());
        assertEquals("200", outcome(assertion(stranger)));
        Files.delete(file);
        assertEquals(BAD_CLIENT + 700027, outcome(assertion(stranger)));
    }

    @Test
    void a_certificate_that_the_service_would_not_take_cannot_be_registered() {
        SelfSigned curve = SelfSigned.make(keys, "-keyalg", "EC", "-groupname", "secp256r1");
        SelfSigned weak = SelfSigned.make(keys, "-keyalg", "RSA", "-keysize", "1024");
        for (SelfSigned refused : List.of(curve, weak)) {
            assertThrows(
                    IllegalArgumentException.class, () -> entra.entra().registerCertificate(refused.certificate()));
        }
    }

    private static Arguments changed(String name, UnaryOperator<TokenDraft> change) {
        return Arguments.of(name, change);
    }

    private static Arguments spoilt(String name, String refusal, UnaryOperator<TokenDraft> spoiling) {
        return Arguments.of(name, refusal, spoiling);
    }
}
