package dev.throughline.matrix;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/** A key that no issuer of ours has published. */
final class Strangers {
    static final KeyPair KEY = pair(2048);

    /** What stands for a certificate of that key; it is never read. */
    static final String CERTIFICATE =
            Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded());

    private Strangers() {}

    static Map<String, Object> published(String id) {
        return PublicKeys.published(id, (RSAPublicKey) KEY.getPublic());
    }

    static KeyPair pair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
