package dev.throughline.verifier;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed note's verifier key: the name of the log, and the Ed25519 key that signs its checkpoints.
 *
 * @param name what the log is called
 * @param id four bytes that name the key, in hex
 * @param point the key
 */
record VerifierKey(String name, String id, PublicKey point) {
    private static final byte ED25519 = 1;
    private static final int POINT_LENGTH = 32;
    private static final Pattern FORM =
            Pattern.compile("(" + Checkpoint.NAME + ")\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]{44})");

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static VerifierKey parse(String text) throws UnreadableException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UnreadableException("This is no verifier key: give the one that GET /api/v1/audit/key answers, "
                    + "throughline-audit/<tenant>+<8 hex digits>+<base64>.");
        }
        byte[] typed = StrictBase64.decoded(parts.group(3), 1 + POINT_LENGTH).orElse(new byte[1]);
        if (typed[0] != ED25519 || !id(parts.group(1), typed).equals(parts.group(2))) {
            throw new UnreadableException("The verifier key is damaged: copy it again from where you keep it.");
        }
        return new VerifierKey(parts.group(1), parts.group(2), point(Arrays.copyOfRange(typed, 1, typed.length)));
    }

    /** Whether this key made the signature. */
    boolean signed(byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(point);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    static String id(String name, byte[] typed) {
        MessageDigest digest = Sha256.digest();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(typed), 0, 4);
    }

    /** RFC 8032, 5.1.3: y in little-endian order, its highest bit being the lowest of x. */
    static PublicKey point(byte[] encoded) throws UnreadableException {
        byte[] y = new byte[POINT_LENGTH];
        for (int i = 0; i < POINT_LENGTH; i++) {
            y[i] = encoded[POINT_LENGTH - 1 - i];
        }
        boolean xOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, y))));
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("The verifier key is no point of the curve: copy it again.");
        }
    }
}
