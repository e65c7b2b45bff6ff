package dev.throughline.out.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 8032 section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void it_signs_as_the_standard_says(String seed, String key, String message, String signature) {
        LogKey pair = new LogKey("log", HEX.parseHex(seed));

        assertEquals(key, HEX.formatHex(pair.publicKey()));
        assertEquals(signature, HEX.formatHex(pair.sign(HEX.parseHex(message))));
        assertTrue(pair.signed(HEX.parseHex(message), HEX.parseHex(signature)));
        assertFalse(pair.signed(HEX.parseHex(message + "00"), HEX.parseHex(signature)));
    }

    @Test
    void a_verifier_is_named_with_the_key_and_the_keys_own_id() {
        LogKey key = new LogKey("throughline-audit/c0ffee00-0000-4000-8000-000000000001", new byte[32]);

        assertTrue(key.verifier()
                .matches("throughline-audit/c0ffee00-0000-4000-8000-000000000001\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}"));
        assertTrue(key.verifier().contains("+" + HEX.formatHex(key.id()) + "+"));
        assertFalse(key.toString().contains(HEX.formatHex(key.publicKey())));
    }

    @Test
    void a_seed_of_another_length_is_none() {
        assertThrows(IllegalArgumentException.class, () -> new LogKey("log", new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new LogKey("log", new byte[33]));
    }
}
