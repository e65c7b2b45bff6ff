package dev.throughline.verifier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Signs checkpoints, written from the description of the format and without the code under test. */
final class LogKey {
    static final String NAME = "throughline-audit/c0ffee00-0000-4000-8000-000000000001";

    /** The key of RFC 8032, 7.1, test 1. */
    static final LogKey OURS = new LogKey(NAME, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    /** The key of RFC 8032, 7.1, test 2. */
    static final LogKey ANOTHER = new LogKey(NAME, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    private final String name;
    private final KeyPair pair;

    LogKey(String name, String seed) {
        this.name = name;
        this.pair = pair(HexFormat.of().parseHex(seed));
    }

    /** As a verifier key. */
    String published() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+" + base64(typed());
    }

    VerifierKey verifier() {
        try {
            return VerifierKey.parse(published());
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    String note(long size, byte[] root, byte[] chain, String at) {
        return signed(name + "\n" + size + "\n" + base64(root) + "\nchain " + base64(chain) + "\nat " + at + "\n");
    }

    String signed(String text) {
        return text + "\n\u2014 " + name + " " + base64(joined(id(), signature(text))) + "\n";
    }

    byte[] signature(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** X.509 ends with the key as RFC 8032 writes it. */
    byte[] point() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private byte[] id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(joined((name + "\n").getBytes(StandardCharsets.UTF_8), typed()));
            return Arrays.copyOf(hash, 4);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] typed() {
        return joined(new byte[] {1}, point());
    }

    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SeedOnly(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static final class SeedOnly extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        SeedOnly(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
