package dev.throughline.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key as it is given: itself, or a file that holds it, bare or as the API answers it. */
final class KeyArgument {
    private static final int MAX_LENGTH = 1024;
    private static final String BEFORE = "{\"key\":\"";
    private static final String AFTER = "\"}";

    private KeyArgument() {}

    static VerifierKey read(String argument) throws UnreadableException {
        if (VerifierKey.isOne(argument)) {
            return VerifierKey.parse(argument);
        }
        return VerifierKey.parse(bare(
                contents(InputFile.of(argument, "key, or give the key itself")).strip()));
    }

    private static String bare(String text) {
        return text.startsWith(BEFORE) && text.endsWith(AFTER)
                ? text.substring(BEFORE.length(), text.length() - AFTER.length())
                : text;
    }

    private static String contents(Path file) throws UnreadableException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableException("Cannot read the key in " + file + ": give the key itself.");
        }
    }
}
