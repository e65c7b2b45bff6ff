package dev.throughline.matrix;

import java.math.BigInteger;
import java.util.stream.IntStream;

/** A modulus with the mark of the generator whose keys can be broken (CVE-2017-15361). */
final class Roca {
    private static final BigInteger GENERATOR = BigInteger.valueOf(65537);
    private static final int BITS = 2048;

    private Roca() {}

    /**
     * A power of the generator modulo each of the small primes; that it is a product of two primes is for nobody to
     * see.
     */
    static BigInteger modulus() {
        BigInteger primes = IntStream.rangeClosed(2, 167)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(20))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger mark = GENERATOR.modPow(BigInteger.valueOf(7), primes);
        BigInteger factor = BigInteger.TWO.pow(BITS - 1).divide(primes).add(BigInteger.ONE);
        return primes.multiply(factor).add(mark);
    }
}
