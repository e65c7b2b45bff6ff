package dev.throughline.in.security;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What verification costs: of a token that is remembered, of a new one, and the bare RS256 check of the JDK on the same
 * bytes. {@code mvn -Pbenchmark -pl adapters-in -am test} runs it, and fails if a figure is missed: 5 microseconds
 * remembered, 1.3 times the bare check new.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerificationBenchmark {
    private static final int TOKENS = 500;
    private static final double REMEMBERED_MICROS = 5;
    private static final double NEW_RATIO = 1.3;

    private final TestGate gate = TestGate.open();
    private final TokenVerifier verifier = gate.verifier();
    private final RememberedProofs remembering =
            new RememberedProofs(verifier, Clock.fixed(gate.clock.instant(), ZoneOffset.UTC));
    private final List<String> tokens = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();
    private int next;

    public VerificationBenchmark() {
        for (int i = 0; i < TOKENS; i++) {
            String token = gate.good().with("uti", "token-" + i).sign();
            int dot = token.lastIndexOf('.');
            tokens.add(token);
            inputs.add(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            signatures.add(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        }
    }

    /** The least that any check of a token costs. */
    @Benchmark
    public boolean bareSignature() throws Exception {
        int token = turn();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(RsaKeys.FIRST.publicKey());
        signature.update(inputs.get(token));
        return signature.verify(signatures.get(token));
    }

    /** All that the gate does with a token that it has not seen. */
    @Benchmark
    public Object newToken() throws Exception {
        return verifier.prove(presented(turn()));
    }

    /** All that the gate does with a token that it knows. */
    @Benchmark
    public Object rememberedToken() throws Exception {
        return remembering.prove(presented(turn()));
    }

    private int turn() {
        next = next + 1 == TOKENS ? 0 : next + 1;
        return next;
    }

    /** As a request brings it, header and all. */
    private String presented(int token) throws RejectedTokenException {
        return TokenCase.bearing(tokens.get(token)).token(GateRules.ALL);
    }

    /** Measures, prints the figures and fails if one is missed. */
    public static void main(String[] arguments) throws RunnerException {
        Map<String, Double> micros = micros(new Runner(new OptionsBuilder()
                        .include(VerificationBenchmark.class.getName())
                        .forks(3)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run());
        double ratio = micros.get("newToken") / micros.get("bareSignature");
        double remembered = micros.get("rememberedToken");
        System.out.printf(
                "bare RS256 %.1f us, new token %.1f us (%.2f times), remembered token %.2f us%n",
                micros.get("bareSignature"), micros.get("newToken"), ratio, remembered);
        if (ratio > NEW_RATIO || remembered > REMEMBERED_MICROS) {
            throw new IllegalStateException("A figure is missed: new at most %.1f times, remembered at most %.1f us"
                    .formatted(NEW_RATIO, REMEMBERED_MICROS));
        }
    }

    private static Map<String, Double> micros(Collection<RunResult> results) {
        Map<String, Double> micros = new HashMap<>();
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            micros.put(
                    method.substring(method.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getScore());
        }
        return micros;
    }
}
