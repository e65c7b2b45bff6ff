package dev.throughline.in.security;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Key pairs of an issuer, made once per run. */
final class RsaKeys {
    static final RsaKeys FIRST = generate("k1", 2048);
    static final RsaKeys SECOND = generate("k2", 2048);
    static final RsaKeys STRANGER = generate("k3", 2048);

    private final String id;
    private final KeyPair pair;

    private RsaKeys(String id, KeyPair pair) {
        this.id = id;
        this.pair = pair;
    }

    static RsaKeys generate(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new RsaKeys(id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key under another id. */
    RsaKeys named(String other) {
        return new RsaKeys(other, pair);
    }

    String id() {
        return id;
    }

    RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    byte[] sign(byte[] input) {
        return sign("SHA256withRSA", input);
    }

    byte[] sign(String algorithm, byte[] input) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as it is published (RFC 7517). */
    Map<String, Object> published() {
        Map<String, Object> members = new HashMap<>();
        members.put("kty", "RSA");
        members.put("use", "sig");
        members.put("kid", id);
        members.put("n", encoded(publicKey().getModulus().toByteArray()));
        members.put("e", encoded(publicKey().getPublicExponent().toByteArray()));
        members.put("issuer", "https://login.example/{tenantid}/v2.0");
        return members;
    }

    /** Unsigned, without the byte that only carries a sign. */
    static String encoded(byte[] number) {
        int from = number.length > 1 && number[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(number, from, number.length));
    }
}
