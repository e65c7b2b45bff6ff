package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierKeyTest {
    private static final String GOOD = LogKey.OURS.published();

    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8"
                + "821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void signatures_of_rfc_8032_hold(String point, String message, String signature) throws UnreadableException {
        VerifierKey key = new VerifierKey(
                "any", "00000000", VerifierKey.point(HexFormat.of().parseHex(point)));
        byte[] text = HexFormat.of().parseHex(message);
        byte[] good = HexFormat.of().parseHex(signature);
        byte[] other = good.clone();
        other[40] ^= 1;

        assertTrue(key.signed(text, good));
        assertFalse(key.signed(text, other));
        assertFalse(key.signed(Arrays.copyOf(text, text.length + 1), good));
    }

    /** The example of the signed notes of Go's checksum database. */
    @Test
    void the_well_known_signed_note_holds() throws UnreadableException {
        byte[] typed = Base64.getDecoder().decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        byte[] signature = Base64.getDecoder()
                .decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
        String text = "If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n";

        assertEquals("c74f20a3", VerifierKey.id("PeterNeumann", typed));
        assertEquals("c74f20a3", HexFormat.of().formatHex(signature, 0, 4));
        assertTrue(new VerifierKey("PeterNeumann", "c74f20a3", VerifierKey.point(Arrays.copyOfRange(typed, 1, 33)))
                .signed(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(signature, 4, 68)));
    }

    @Test
    void the_key_of_these_tests_is_that_of_rfc_8032() {
        assertArrayEquals(
                HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
                LogKey.OURS.point());
    }

    @Test
    void a_key_with_any_letter_changed_is_none() throws UnreadableException {
        assertEquals(LogKey.NAME, VerifierKey.parse(GOOD).name());
        for (int i = 0; i < GOOD.length(); i++) {
            String changed = GOOD.substring(0, i) + (char) (GOOD.charAt(i) ^ 1) + GOOD.substring(i + 1);
            assertThrows(UnreadableException.class, () -> VerifierKey.parse(changed), changed);
        }
    }
}
