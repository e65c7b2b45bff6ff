package dev.throughline.app;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The secret from which all instances make what they hand out and must know again: at least 256 bits, base64url, and
 * outside a local run such as only chance can make.
 */
record StateKey(byte[] bytes) {
    private static final String VARIABLE = "STATE_KEY";
    private static final int MIN_LENGTH = 32;
    private static final List<String> OTHERS = List.of("AUTH_CLIENT_SECRET", "DB_PASSWORD", "DB_MIGRATION_PASSWORD");

    StateKey {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "StateKey[hidden]";
    }

    static StateKey read(Variables variables, Environment environment) {
        Secret secret =
                variables.secret(VARIABLE).orElseThrow(() -> new InvalidSettingException(VARIABLE, "is not set"));
        byte[] key = decoded(secret.value())
                .filter(bytes -> bytes.length >= MIN_LENGTH)
                .orElseThrow(
                        () -> new InvalidSettingException(VARIABLE, "must be at least 32 random bytes in base64url"));
        if (environment != Environment.LOCAL && !looksRandom(key)) {
            throw new InvalidSettingException(
                    VARIABLE, "is not random; make another with: openssl rand 32 | basenc --base64url");
        }
        OTHERS.forEach(other -> requireOther(variables, other, secret));
        return new StateKey(key);
    }

    private static void requireOther(Variables variables, String other, Secret key) {
        if (variables.secret(other).filter(key::equals).isPresent()) {
            throw new InvalidSettingException(VARIABLE, "must be a key of its own, not that of " + other);
        }
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
