package dev.throughline.local.entra;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/** A certificate as an app registration lists it: known by its thumbprints, good for as long as it says itself. */
record RegisteredCertificate(X509Certificate certificate) {

    private static final int FEWEST_BITS = 2048;

    RegisteredCertificate {
        boolean usable = certificate.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() >= FEWEST_BITS;
        if (!usable) {
            throw new IllegalArgumentException(
                    "A registered certificate has an RSA key of at least " + FEWEST_BITS + " bits");
        }
    }

    /** Whether the header names this certificate, by either thumbprint, and no other. */
    boolean isNamedBy(JWSHeader header) {
        Base64URL sha256 = header.getX509CertSHA256Thumbprint();
        Object sha1 = header.toJSONObject().get("x5t");
        return (sha256 != null || sha1 != null)
                && (sha256 == null || sha256.toString().equals(thumbprint("SHA-256")))
                && (sha1 == null || sha1.equals(thumbprint("SHA-1")));
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
    }

    RSAPublicKey key() {
        return (RSAPublicKey) certificate.getPublicKey();
    }

    private String thumbprint(String algorithm) {
        try {
            return Base64URL.encode(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()))
                    .toString();
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("Every JDK can name a certificate by " + algorithm, e);
        }
    }
}
