package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Which published keys are taken: each bad one beside a good one that stays. */
class PublishedKeysTest {
    private static final RsaKeys WEAK = RsaKeys.generate("bad", 1024);

    private final CountedMetrics metrics = new CountedMetrics();
    private final TestGate gate = TestGate.toAll();

    static Stream<Arguments> badKeys() {
        RsaKeys bad = RsaKeys.STRANGER.named("bad");
        return Stream.of(
                Arguments.of("T066", "weak", WEAK.published()),
                Arguments.of("T067", "unreadable", with(bad, "e", "AQ")),
                Arguments.of("T067", "weak", with(bad, "e", "BA")),
                Arguments.of(
                        "T068",
                        "weak",
                        with(bad, "n", RsaKeys.encoded(ofBrokenGenerator().toByteArray()))),
                Arguments.of("T069", "unreadable", with(bad, "n", "!")),
                Arguments.of("T069", "unreadable", without(bad, "e")),
                Arguments.of("T072", "other_use", with(bad, "use", "enc")),
                Arguments.of("T072", "other_use", with(bad, "use", 1)),
                Arguments.of("T072", "other_operations", with(bad, "key_ops", List.of("encrypt"))),
                Arguments.of("T072", "other_operations", with(bad, "key_ops", List.of("verify", "encrypt"))),
                Arguments.of("T072", "other_algorithm", with(bad, "alg", "RS512")),
                Arguments.of("T072", "other_algorithm", with(bad, "alg", "RSA-OAEP")),
                Arguments.of("T072", "not_rsa", Map.of("kty", "oct", "kid", "bad", "k", "c2VjcmV0")),
                Arguments.of(
                        "T072", "not_rsa", Map.of("kty", "EC", "kid", "bad", "crv", "P-256", "x", "AA", "y", "AA")),
                Arguments.of("T072", "private", with(bad, "d", "AQAB")),
                Arguments.of("T072", "private", with(bad, "k", "c2VjcmV0")),
                Arguments.of("T057", "no_id", without(bad, "kid")),
                Arguments.of("T055", "no_id", with(bad, "kid", 1)),
                Arguments.of("T053", "no_id", with(bad, "kid", "k".repeat(129))),
                Arguments.of(
                        "T074",
                        "other_issuer",
                        with(bad, "issuer", "https://login.example/9188040d-6c67-4b5b-b112-36a304b66dad/v2.0")),
                Arguments.of(
                        "T074", "other_issuer", with(bad, "issuer", "https://login.partner.example/{tenantid}/v2.0")),
                Arguments.of("T074", "other_issuer", with(bad, "issuer", null)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badKeys")
    void a_bad_key_is_left_out_and_counted(String id, String fault, Map<String, Object> bad) throws IOException {
        assertEquals(Set.of("k1"), read(RsaKeys.FIRST.published()));

        assertEquals(Set.of("k1"), read(RsaKeys.FIRST.published(), bad));

        assertEquals(1, metrics.count("key " + fault));
    }

    @Test
    void T070_an_id_of_two_keys_is_nobodys() throws IOException {
        Map<String, Object> other = RsaKeys.STRANGER.named("k1").published();

        assertEquals(Set.of("k2"), read(RsaKeys.FIRST.published(), other, RsaKeys.SECOND.published()));
        assertEquals(Set.of("k2"), read(other, RsaKeys.FIRST.published(), RsaKeys.SECOND.published()));
        assertEquals(Set.of("k2"), read(RsaKeys.FIRST.published(), other, other, RsaKeys.SECOND.published()));
        assertEquals(Set.of("k2"), read(RsaKeys.FIRST.published(), Map.of("kid", "k1"), RsaKeys.SECOND.published()));

        assertEquals(5, metrics.count("key duplicate_id"));
    }

    @Test
    void T074_a_key_of_every_tenant_or_of_ours_is_ours() throws IOException {
        RsaKeys key = RsaKeys.FIRST;

        assertEquals(Set.of("k1"), read(with(key, "issuer", TestGate.V2)));
        assertEquals(Set.of("k1"), read(without(key, "issuer")));
        assertEquals(Set.of("k1"), read(with(key, "alg", "RS256")));
        assertEquals(Set.of("k1"), read(with(key, "key_ops", List.of("verify"))));
        assertEquals(Set.of("k1"), readOf(1, with(key, "issuer", TestGate.V2)), "version 1.0");
        assertEquals(0, metrics.count("key other_issuer"));
    }

    @Test
    void a_set_without_a_usable_key_is_no_set() {
        assertThrows(IOException.class, () -> read(WEAK.published()));
    }

    @Test
    void ordinary_keys_do_not_look_like_those_of_the_broken_generator() {
        assertTrue(KeyStrength.suffices(RsaKeys.FIRST.publicKey()));
        assertTrue(KeyStrength.suffices(RsaKeys.SECOND.publicKey()));
        assertTrue(KeyStrength.suffices(RsaKeys.STRANGER.publicKey()));
    }

    private Set<String> read(Object... keys) throws IOException {
        return readOf(0, keys);
    }

    private Set<String> readOf(int issuer, Object... keys) throws IOException {
        PublishedKeys reader = new PublishedKeys(gate.settings.issuers().get(issuer), TestGate.TENANT, metrics);
        String document = JsonMapper.shared().writeValueAsString(Map.of("keys", keys));
        return reader.read(document.getBytes(StandardCharsets.UTF_8)).keySet();
    }

    /** A modulus of 2,048 bits that is a power of 65537 modulo each small prime. */
    private static BigInteger ofBrokenGenerator() {
        BigInteger product = Stream.iterate(BigInteger.valueOf(3), BigInteger::nextProbablePrime)
                .takeWhile(prime -> prime.intValue() <= 167)
                .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger power = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(12345), product);
        BigInteger factor = BigInteger.ONE.shiftLeft(2047).divide(product).add(BigInteger.TWO);
        BigInteger modulus = product.multiply(factor).add(power);
        return modulus.testBit(0) ? modulus : modulus.add(product);
    }

    private static Map<String, Object> with(RsaKeys keys, String name, Object value) {
        Map<String, Object> members = new HashMap<>(keys.published());
        members.put(name, value);
        return members;
    }

    private static Map<String, Object> without(RsaKeys keys, String name) {
        Map<String, Object> members = new HashMap<>(keys.published());
        members.remove(name);
        return members;
    }
}
