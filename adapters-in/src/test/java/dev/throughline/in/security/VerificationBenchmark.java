package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.security.Signature;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What verification costs: of a token that is remembered, of a new one, and the bare RS256 check of the JDK on the same
 * bytes. The three are measured in turns, so that a busy machine slows all of them, and in processor time; told are the
 * medians of the rounds.
 *
 * <p>The ordinary run leaves it out, as its name does not end in Test. {@code mvn -pl adapters-in -am test
 * -Dtest=VerificationBenchmark -Dsurefire.failIfNoSpecifiedTests=false} runs it; it fails if a figure is missed: 5
 * microseconds remembered, 1.3 times the bare check new.
 */
class VerificationBenchmark {
    private static final int TOKENS = 500;
    private static final int WARM_UP = 120;
    private static final int ROUNDS = 41;
    private static final double REMEMBERED_MICROS = 5;
    private static final double NEW_RATIO = 1.3;

    private final TestGate gate = TestGate.open();
    private final TokenVerifier verifier = gate.verifier();
    private final RememberedProofs remembering =
            new RememberedProofs(verifier, Clock.fixed(gate.clock.instant(), ZoneOffset.UTC));
    private final List<String> tokens = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();

    private interface Work {
        boolean verify(int token) throws Exception;
    }

    @Test
    void a_remembered_token_costs_microseconds_and_a_new_one_hardly_more_than_its_signature() throws Exception {
        for (int i = 0; i < TOKENS; i++) {
            String token = gate.good().with("uti", "token-" + i).sign();
            int dot = token.lastIndexOf('.');
            tokens.add(token);
            inputs.add(token.substring(0, dot).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            signatures.add(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        }
        double[] bare = new double[ROUNDS];
        double[] fresh = new double[ROUNDS];
        double[] remembered = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double bareNow = micros(1, this::bare);
            double freshNow = micros(1, this::fresh);
            double rememberedNow = micros(20, this::remembered);
            if (round >= 0) {
                bare[round] = bareNow;
                fresh[round] = freshNow;
                remembered[round] = rememberedNow;
            }
        }
        double ratio = median(fresh) / median(bare);
        System.out.printf(
                "token of %d characters: bare RS256 %.1f us, new token %.1f us (%.2f times), remembered token %.2f us%n",
                tokens.get(0).length(), median(bare), median(fresh), ratio, median(remembered));
        assertTrue(ratio <= NEW_RATIO, "new: " + ratio);
        assertTrue(median(remembered) <= REMEMBERED_MICROS, "remembered: " + median(remembered));
    }

    private boolean bare(int token) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(RsaKeys.FIRST.publicKey());
        signature.update(inputs.get(token));
        return signature.verify(signatures.get(token));
    }

    private boolean fresh(int token) throws Exception {
        return verifier.prove(presented(token)).token().expiresAt() != null;
    }

    private boolean remembered(int token) throws Exception {
        return remembering.prove(presented(token)).token().expiresAt() != null;
    }

    /** As a request brings it, header and all. */
    private String presented(int token) throws RejectedTokenException {
        return TokenCase.bearing(tokens.get(token)).token(GateRules.ALL);
    }

    private static double micros(int times, Work work) throws Exception {
        long begin = cpuNanos();
        for (int time = 0; time < times; time++) {
            for (int token = 0; token < TOKENS; token++) {
                if (!work.verify(token)) {
                    throw new IllegalStateException("A good token is refused");
                }
            }
        }
        return (cpuNanos() - begin) / 1_000.0 / times / TOKENS;
    }

    /** The processor time of this thread alone, which other programs do not add to. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
