package dev.throughline.out.database;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key by which the database believes us who is asking. The server has it, and the database behind its functions; no
 * statement can read it.
 */
public final class IdentityKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HASH = "SHA-256";
    private static final int BLOCK = 64;
    private static final int MIN_LENGTH = 32;

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if there are fewer than 32 bytes */
    public IdentityKey(byte[] bytes) {
        if (bytes.length < MIN_LENGTH) {
            throw new IllegalArgumentException("The key of identities has at least 32 bytes");
        }
        this.key = new SecretKeySpec(bytes.length > BLOCK ? hash(bytes) : bytes, ALGORITHM);
    }

    /** What RFC 2104 makes of a key that is longer than a block. */
    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance(HASH).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + HASH, e);
        }
    }

    byte[] mac(String claims) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(claims.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }

    /** The block that RFC 2104 puts before the message. */
    byte[] innerPad() {
        return padded((byte) 0x36);
    }

    /** The block that RFC 2104 puts before the inner hash. */
    byte[] outerPad() {
        return padded((byte) 0x5c);
    }

    private byte[] padded(byte pad) {
        byte[] block = Arrays.copyOf(key.getEncoded(), BLOCK);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= pad;
        }
        return block;
    }
}
