package dev.throughline.matrix;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.util.Map;

/** Encrypted tokens (RFC 7516), which anybody can make to a key that is published for another purpose. */
final class Encrypted {
    private static final byte[] SECRET = new byte[16];

    private Encrypted() {}

    static String toKey(Map<String, Object> published, String content) {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                .keyID((String) published.get("kid"))
                .contentType("JWT")
                .build();
        return encrypted(header, content, new RSAEncrypter(PublicKeys.rsa(published)));
    }

    static String bySecret(String content) {
        return direct(new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128GCM).build(), content);
    }

    /** Little to send, much to unpack. */
    static String packed(String content) {
        return direct(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128GCM)
                        .compressionAlgorithm(CompressionAlgorithm.DEF)
                        .build(),
                content);
    }

    private static String direct(JWEHeader header, String content) {
        try {
            return encrypted(header, content, new DirectEncrypter(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(JWEHeader header, String content, JWEEncrypter encrypter) {
        try {
            JWEObject token = new JWEObject(header, new Payload(content));
            token.encrypt(encrypter);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
