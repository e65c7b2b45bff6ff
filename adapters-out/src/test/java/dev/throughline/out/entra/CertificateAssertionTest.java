package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.out.http.Deadline;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal is one change of a file that is accepted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateAssertionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");
    private static final ClientId API = new ClientId("c0ffee00-0000-4000-8000-0000000000a1");
    private static final URI ENDPOINT = URI.create("https://login.example/tid/oauth2/v2.0/token");

    @TempDir
    private Path folder;

    private PemFiles pem;
    private PemFiles.Pair pair;
    private PemFiles.Pair other;
    private Path file;

    /** Making keys takes its time. */
    @BeforeAll
    void makeKeys(@TempDir Path keys) throws Exception {
        PemFiles maker = new PemFiles(keys);
        pair = maker.rsa();
        other = maker.rsa();
    }

    @BeforeEach
    void writeOneThatIsAccepted() throws Exception {
        pem = new PemFiles(folder);
        file = pem.file("Bag Attributes: none\n" + pair.keyBlock() + pair.certificateBlock());
        ClientCredential.Certificate.usableAt(Instant.now(), file);
    }

    private CertificateAssertion assertion() {
        return new CertificateAssertion(
                file,
                new EntraSettings(ENDPOINT, API, new ClientCredential.Certificate(file)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String token(CertificateAssertion assertion) throws UnusableCredentialException {
        return assertion.fields(Deadline.in(Duration.ofSeconds(5))).get("client_assertion");
    }

    @Test
    void the_client_signs_a_short_token_for_the_endpoint_as_documented() throws Exception {
        Map<String, String> fields = assertion().fields(Deadline.in(Duration.ofSeconds(5)));
        assertEquals("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", fields.get("client_assertion_type"));
        assertEquals(2, fields.size());
        String[] parts = fields.get("client_assertion").split("\\.");

        String thumbprint = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(pair.certificate().getEncoded()));
        assertEquals(
                Json.createObjectBuilder()
                        .add("alg", "PS256")
                        .add("typ", "JWT")
                        .add("x5t#S256", thumbprint)
                        .build(),
                json(parts[0]));
        JsonObject claims = json(parts[1]);
        assertEquals(ENDPOINT.toString(), claims.getString("aud"));
        assertEquals(API.value(), claims.getString("iss"));
        assertEquals(API.value(), claims.getString("sub"));
        assertEquals(NOW.getEpochSecond(), claims.getInt("nbf"));
        assertEquals(NOW.getEpochSecond(), claims.getInt("iat"));
        assertEquals(NOW.getEpochSecond() + 300, claims.getInt("exp"));
        assertTrue(signedBy(pair.certificate(), parts));
    }

    @Test
    void no_two_tokens_are_the_same() throws Exception {
        CertificateAssertion assertion = assertion();
        String one = json(token(assertion).split("\\.")[1]).getString("jti");
        assertNotEquals(one, json(token(assertion).split("\\.")[1]).getString("jti"));
    }

    @Test
    void a_certificate_that_is_renewed_in_place_is_used_without_a_restart() throws Exception {
        CertificateAssertion assertion = assertion();
        assertTrue(signedBy(pair.certificate(), token(assertion).split("\\.")));
        Files.writeString(file, other.certificateBlock() + other.keyBlock());
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(3600)));

        String[] parts = token(assertion).split("\\.");

        assertTrue(signedBy(other.certificate(), parts));
        assertFalse(signedBy(pair.certificate(), parts));
    }

    @Test
    void a_file_that_has_gone_is_an_operators_affair() throws Exception {
        CertificateAssertion assertion = assertion();
        token(assertion);
        Files.delete(file);
        UnusableCredentialException gone = assertThrows(UnusableCredentialException.class, () -> token(assertion));
        assertEquals("must name a file that can be read", gone.getMessage());
    }

    @Test
    void the_certificate_of_the_key_is_found_among_others() throws Exception {
        Path chain = pem.file(other.certificateBlock() + pair.certificateBlock() + pair.keyBlock());
        assertEquals(pair.certificate(), SigningCertificate.read(chain).certificate());
    }

    @Test
    void a_key_or_certificate_that_is_missing_is_told() throws Exception {
        String noKey =
                "must hold one PRIVATE KEY block (PKCS #8, without a password; openssl pkcs8 -topk8 -nodes makes it)";
        assertRefused(noKey, pair.certificateBlock());
        assertRefused(noKey, pair.keyBlock() + pair.keyBlock() + pair.certificateBlock());
        assertRefused(noKey, pair.keyBlock().replace("PRIVATE", "ENCRYPTED PRIVATE") + pair.certificateBlock());
        assertRefused(noKey, pair.keyBlock().replace("PRIVATE", "RSA PRIVATE") + pair.certificateBlock());
        assertRefused("must hold the certificate of its private key, in a CERTIFICATE block", pair.keyBlock());
    }

    @Test
    void the_certificate_of_another_key_is_none() throws Exception {
        assertRefused(
                "must hold the certificate of its private key, in a CERTIFICATE block",
                pair.keyBlock() + other.certificateBlock());
    }

    @Test
    void a_key_that_entra_does_not_take_is_refused() throws Exception {
        PemFiles.Pair curve = pem.pair("-keyalg", "EC", "-groupname", "secp256r1");
        assertRefused("must hold an RSA key", curve.keyBlock() + curve.certificateBlock());
        PemFiles.Pair weak = pem.pair("-keyalg", "RSA", "-keysize", "1024");
        assertRefused("must hold an RSA key of at least 2048 bits", weak.keyBlock() + weak.certificateBlock());
    }

    @Test
    void what_is_broken_or_ended_is_refused() throws Exception {
        assertRefused("must hold an RSA key", PemFiles.block("PRIVATE KEY", new byte[100]) + pair.certificateBlock());
        assertRefused(
                "holds a CERTIFICATE block that is none", pair.keyBlock() + PemFiles.block("CERTIFICATE", new byte[9]));
        PemFiles.Pair ended = pem.pair("-keyalg", "RSA", "-keysize", "2048", "-startdate", "-3d", "-validity", "1");
        assertRefused("holds a certificate that has ended", ended.keyBlock() + ended.certificateBlock());
        assertRefused("must name a PEM file, and this one is too long to be one", " ".repeat(256 * 1024 + 1));
    }

    @Test
    void no_text_form_shows_the_key() throws Exception {
        String text = SigningCertificate.read(file) + " " + new ClientCredential.Certificate(file);
        assertFalse(text.contains("BEGIN"), text);
        assertFalse(text.contains("modulus"), text);
    }

    private void assertRefused(String problem, String text) throws Exception {
        Path refused = pem.file(text);
        Instant now = Instant.now();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ClientCredential.Certificate.usableAt(now, refused));
        assertEquals(problem, e.getMessage());
    }

    private static JsonObject json(String part) {
        return Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(part)))
                .readObject();
    }

    private static boolean signedBy(Certificate certificate, String[] parts) throws Exception {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
