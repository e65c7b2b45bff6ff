package dev.throughline.in.security;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.stream.IntStream;

/** Whether an RSA key can be relied on at all. */
final class KeyStrength {
    private static final int FEWEST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final BigInteger GENERATOR = BigInteger.valueOf(65537);

    private KeyStrength() {}

    static boolean suffices(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= FEWEST_BITS
                && bits <= MOST_BITS
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.bitLength() <= Long.SIZE
                && !fromBrokenGenerator(key.getModulus());
    }

    /**
     * Whether the modulus comes from the library whose primes are powers of 65537 modulo a product of small primes
     * (CVE-2017-15361). Such a modulus is a power of 65537 modulo each of them; others are with a probability of less
     * than one in a hundred million.
     */
    private static boolean fromBrokenGenerator(BigInteger modulus) {
        return IntStream.rangeClosed(3, 167)
                .filter(number -> BigInteger.valueOf(number).isProbablePrime(20))
                .mapToObj(BigInteger::valueOf)
                .allMatch(prime -> isPowerOfGenerator(modulus.mod(prime), prime));
    }

    private static boolean isPowerOfGenerator(BigInteger remainder, BigInteger prime) {
        BigInteger power = BigInteger.ONE;
        do {
            if (power.equals(remainder)) {
                return true;
            }
            power = power.multiply(GENERATOR).mod(prime);
        } while (!power.equals(BigInteger.ONE));
        return false;
    }
}
