package dev.throughline.verifier;

import java.util.Base64;
import java.util.Optional;

/** Base64 in the one spelling that an encoder writes: the JDK's decoder ignores bits left over in the last letter. */
final class StrictBase64 {
    private StrictBase64() {}

    static Optional<byte[]> decoded(String text, int length) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Optional.of(bytes)
                    .filter(decoded -> decoded.length == length)
                    .filter(decoded ->
                            Base64.getEncoder().encodeToString(decoded).equals(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
