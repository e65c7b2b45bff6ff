package dev.throughline.in.mcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that request states are sealed with; all instances share it. */
public final class RequestStateKey {
    private static final int MIN_LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "throughline mcp request state".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;

    private RequestStateKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The key for this one use, made from a secret that may have others.
     *
     * @param secret at least 32 random bytes
     */
    public static RequestStateKey from(byte[] secret) {
        if (secret.length < MIN_LENGTH) {
            throw new IllegalArgumentException("A request state's key needs a secret of at least 32 bytes");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return new RequestStateKey(new SecretKeySpec(mac.doFinal(PURPOSE), "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    SecretKeySpec key() {
        return key;
    }
}
