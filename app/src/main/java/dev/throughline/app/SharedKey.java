package dev.throughline.app;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A secret that all instances share: at least 256 bits, base64url, and outside a local run such as only chance can
 * make. Each is a key of its own, so that what is lost with one is lost with it alone.
 */
record SharedKey(byte[] bytes) {
    /** From which all instances make what they hand out and must know again. */
    static final String STATE = "STATE_KEY";

    /** By which the database believes who is asking. */
    static final String IDENTITY = "IDENTITY_MAC_KEY";

    /** By which the audit log is signed for. */
    static final String AUDIT = "AUDIT_SIGNING_KEY";

    private static final int MIN_LENGTH = 32;
    private static final List<String> SECRETS =
            List.of(STATE, IDENTITY, AUDIT, "AUTH_CLIENT_SECRET", "DB_PASSWORD", "DB_MIGRATION_PASSWORD");

    SharedKey {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "SharedKey[hidden]";
    }

    static SharedKey read(String variable, Variables variables, Environment environment) {
        Secret secret =
                variables.secret(variable).orElseThrow(() -> new InvalidSettingException(variable, "is not set"));
        byte[] key = decoded(secret.value())
                .filter(bytes -> bytes.length >= MIN_LENGTH)
                .orElseThrow(
                        () -> new InvalidSettingException(variable, "must be at least 32 random bytes in base64url"));
        if (environment != Environment.LOCAL && !looksRandom(key)) {
            throw new InvalidSettingException(
                    variable, "is not random; make another with: openssl rand 32 | basenc --base64url");
        }
        SECRETS.stream()
                .filter(other -> !other.equals(variable))
                .filter(other -> variables.secret(other).filter(secret::equals).isPresent())
                .findFirst()
                .ifPresent(other -> {
                    throw new InvalidSettingException(variable, "must be a key of its own, not that of " + other);
                });
        return new SharedKey(key);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * Not zeros, not a pattern, not counted up, not a text. Of 32 random bytes hardly ever fewer than 20 differ, and
     * never are all of them characters.
     */
    private static boolean looksRandom(byte[] key) {
        long values = IntStream.range(0, key.length).map(i -> key[i]).distinct().count();
        long steps = IntStream.range(1, key.length)
                .map(i -> (byte) (key[i] - key[i - 1]))
                .distinct()
                .count();
        boolean text = IntStream.range(0, key.length).allMatch(i -> key[i] >= ' ' && key[i] <= '~');
        return values >= MIN_LENGTH / 2 && steps >= MIN_LENGTH / 2 && !text;
    }
}
