package dev.throughline.in.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names tokens in events: the same token always by the same name, at every instance, and no name leads back to a token.
 *
 * <p>A name is the beginning of an HMAC-SHA-256 over the whole token as it was presented. Its own id ({@code uti} or
 * {@code jti}) would not do: until the signature is checked it says what its sender likes, so that a forger could put
 * attempts under somebody else's name. The HMAC is keyed because not everything that is presented is a token: a
 * password that was sent by mistake could be guessed from a plain hash. The key comes from one that all instances
 * share, so that names agree between them and outlive a restart.
 */
public final class TokenIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "throughline: names of tokens in events, 1".getBytes(StandardCharsets.UTF_8);
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    /** @param shared a secret that all instances share; a key for this one use is derived from it */
    public TokenIds(byte[] shared) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(shared, ALGORITHM), PURPOSE), ALGORITHM);
    }

    /** Sixteen hexadecimal digits. */
    public String of(String token) {
        return HexFormat.of().formatHex(mac(key, token.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
