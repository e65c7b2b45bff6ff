package dev.throughline.out.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.out.http.Deadline;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proves the client by a short-lived token that it signs itself ({@code private_key_jwt}), in the form that the
 * Microsoft identity platform documents under "Application authentication certificate credentials": PS256, the
 * certificate named by its SHA-256 thumbprint.
 */
final class CertificateAssertion implements ClientAuthentication {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final Path file;
    private final String client;
    private final String audience;
    private final Clock clock;
    private @Nullable Kept kept;

    /** A file's content, as it was at that time. */
    private record Kept(FileTime modified, SigningCertificate certificate) {}

    CertificateAssertion(Path file, EntraSettings settings, Clock clock) {
        this.file = file;
        this.client = settings.clientId().value();
        this.audience = settings.tokenEndpoint().toString();
        this.clock = clock;
    }

    @Override
    public Map<String, String> fields(Deadline deadline) throws UnusableCredentialException {
        SigningCertificate certificate = current();
        try {
            return ClientAuthentication.assertion(signed(certificate));
        } catch (GeneralSecurityException e) {
            throw new UnusableCredentialException(
                    "holds a key that does not sign: " + e.getClass().getSimpleName());
        }
    }

    /** Certificates are renewed in place: a file that has changed is read again. */
    private synchronized SigningCertificate current() throws UnusableCredentialException {
        FileTime modified = modified();
        if (kept == null || !kept.modified().equals(modified)) {
            kept = new Kept(modified, SigningCertificate.read(file));
        }
        return kept.certificate();
    }

    private FileTime modified() throws UnusableCredentialException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UnusableCredentialException("must name a file that can be read");
        }
    }

    private String signed(SigningCertificate certificate) throws GeneralSecurityException {
        JsonObject header = Json.createObjectBuilder()
                .add("alg", "PS256")
                .add("typ", "JWT")
                .add("x5t#S256", certificate.thumbprint())
                .build();
        String content = encoded(header.toString().getBytes(UTF_8)) + "."
                + encoded(claims().toString().getBytes(UTF_8));
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(PS256);
        signature.initSign(certificate.key());
        signature.update(content.getBytes(UTF_8));
        return content + "." + encoded(signature.sign());
    }

    private JsonObject claims() {
        Instant now = clock.instant();
        return Json.createObjectBuilder()
                .add("aud", audience)
                .add("iss", client)
                .add("sub", client)
                .add("jti", UUID.randomUUID().toString())
                .add("iat", now.getEpochSecond())
                .add("nbf", now.getEpochSecond())
                .add("exp", now.plus(LIFE).getEpochSecond())
                .build();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
