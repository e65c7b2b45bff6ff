package dev.throughline.out.audit;

import dev.throughline.access.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that signs a log's checkpoints (Ed25519, RFC 8032), and the log's name. As a signed note's key it has the
 * form that C2SP's signed-note says.
 */
public final class LogKey {
    /** How many bytes its seed has. */
    public static final int SEED_LENGTH = 32;

    static final int ID_LENGTH = 4;
    static final int SIGNATURE_LENGTH = 64;

    private static final String ALGORITHM = "Ed25519";
    private static final byte ED25519 = 1;

    private static final String LOG = "throughline-audit/";

    private final String name;
    private final KeyPair pair;

    /**
     * @param name the log's
     * @param seed RFC 8032's private key
     */
    public LogKey(String name, byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("The seed of a key has 32 bytes");
        }
        this.name = name;
        this.pair = pair(seed);
    }

    /** The key of a tenant's audit log. */
    public static LogKey of(TenantId tenant, byte[] seed) {
        return new LogKey(LOG + tenant, seed);
    }

    /** A pair is made of random bytes and of nothing else; here these are the seed. */
    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            KeyPair pair = generator.generateKeyPair();
            if (!(pair.getPrivate() instanceof EdECPrivateKey key)
                    || !key.getBytes()
                            .filter(bytes -> Arrays.equals(bytes, seed))
                            .isPresent()) {
                throw new IllegalStateException("This Java does not take its random bytes for the seed");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }

    /** The log's name. */
    public String name() {
        return name;
    }

    /** What verifies its notes: {@code name+id+key}. */
    public String verifier() {
        byte[] key = new byte[1 + SEED_LENGTH];
        key[0] = ED25519;
        System.arraycopy(publicKey(), 0, key, 1, SEED_LENGTH);
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /** The last 32 bytes of its X.509 form (RFC 8410 section 4). */
    byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - SEED_LENGTH, encoded.length);
    }

    byte[] id() {
        MessageDigest digest = Hashes.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        digest.update(publicKey());
        return Arrays.copyOf(digest.digest(), ID_LENGTH);
    }

    byte[] sign(byte[] text) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(pair.getPrivate());
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with " + ALGORITHM, e);
        }
    }

    boolean signed(byte[] text, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(pair.getPublic());
            verifying.update(text);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "LogKey[" + name + "]";
    }

    /** Random bytes that are given. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] wanted) {
            System.arraycopy(bytes, 0, wanted, 0, wanted.length);
        }
    }
}
