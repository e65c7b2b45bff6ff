package dev.throughline.out.entra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its private key, as they stand in a PEM file (RFC 7468).
 *
 * @param key the key; never logged
 * @param certificate the certificate of that key
 */
record SigningCertificate(RSAPrivateKey key, X509Certificate certificate) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int LONGEST_FILE = 256 * 1024;
    private static final int FEWEST_BITS = 2048;

    static SigningCertificate read(Path file) throws UnusableCredentialException {
        String text = text(file);
        RSAPrivateKey key = key(text);
        for (byte[] block : blocks(text, "CERTIFICATE")) {
            X509Certificate certificate = certificate(block);
            if (certificate.getPublicKey() instanceof RSAPublicKey ofCertificate
                    && ofCertificate.getModulus().equals(key.getModulus())) {
                return new SigningCertificate(key, certificate);
            }
        }
        throw new UnusableCredentialException("must hold the certificate of its private key, in a CERTIFICATE block");
    }

    void requireNotEnded(Instant now) throws UnusableCredentialException {
        if (!now.isBefore(certificate.getNotAfter().toInstant())) {
            throw new UnusableCredentialException("holds a certificate that has ended");
        }
    }

    /** How the certificate is known to Entra. */
    String thumbprint() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static String text(Path file) throws UnusableCredentialException {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new UnusableCredentialException("must name a PEM file, and this one is too long to be one");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnusableCredentialException("must name a file that can be read");
        }
    }

    private static RSAPrivateKey key(String text) throws UnusableCredentialException {
        List<byte[]> blocks = blocks(text, "PRIVATE KEY");
        if (blocks.size() != 1) {
            throw new UnusableCredentialException(
                    "must hold one PRIVATE KEY block (PKCS #8, without a password; openssl pkcs8 -topk8 -nodes makes it)");
        }
        try {
            RSAPrivateKey key = (RSAPrivateKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
            if (key.getModulus().bitLength() >= FEWEST_BITS) {
                return key;
            }
        } catch (GeneralSecurityException notRsa) {
            throw new UnusableCredentialException("must hold an RSA key");
        }
        throw new UnusableCredentialException("must hold an RSA key of at least " + FEWEST_BITS + " bits");
    }

    private static X509Certificate certificate(byte[] block) throws UnusableCredentialException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block));
        } catch (CertificateException e) {
            throw new UnusableCredentialException("holds a CERTIFICATE block that is none");
        }
    }

    private static List<byte[]> blocks(String text, String label) throws UnusableCredentialException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(label)) {
                blocks.add(decoded(block.group(2)));
            }
        }
        return blocks;
    }

    private static byte[] decoded(String base64) throws UnusableCredentialException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UnusableCredentialException("must name a PEM file, and this one is broken");
        }
    }

    @Override
    public String toString() {
        return "SigningCertificate[hidden]";
    }
}
