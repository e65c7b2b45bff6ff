package dev.throughline.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Which rules were in force: what is decided under one version must not be carried out under another. */
public final class PolicyVersion {
    private static final int BYTES = 8;

    /** The beginning of the SHA-256 of the policy's tables, as 16 hexadecimal digits; it changes when they do. */
    public static final String CURRENT = of(PolicyTables.text());

    private PolicyVersion() {}

    private static String of(String tables) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(tables.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
