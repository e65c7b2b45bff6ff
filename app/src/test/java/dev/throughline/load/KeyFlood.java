package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * A good caller beside a flood of tokens with key ids that nobody knows, against the same beside an equal flood of bad
 * signatures with a key that is known. Keys come slowly, so that a call which waited for them would stand out.
 */
final class KeyFlood {
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 7;
    private static final double P99_RATIO = 1.1;
    /** At most one fetch in 30 seconds for ids that nobody knows, beside the renewal of keys older than 45. */
    private static final double FETCHES_A_MINUTE = 60.0 / 30 + 60.0 / 45;

    private final SlowKeys keys;
    private final Requests requests;
    private final String good;

    KeyFlood(LocalStack stack, SlowKeys keys) {
        this.keys = keys;
        this.requests = new Requests(stack.web());
        this.good = stack.entra().tokens().user("ana").sign();
    }

    List<Promise> measure() throws Exception {
        for (int round = 0; round < WARM_UP; round++) {
            latencies(this::unknownKey);
            latencies(this::badSignature);
        }
        int fetchesBefore = keys.fetches();
        long begin = System.nanoTime();
        List<Double> ratios = new ArrayList<>();
        double slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Each goes first in turn: what still warms up, or wears out, then favours neither.
            List<Long> first = latencies(round % 2 == 0 ? this::unknownKey : this::badSignature);
            List<Long> second = latencies(round % 2 == 0 ? this::badSignature : this::unknownKey);
            List<Long> unknown = round % 2 == 0 ? first : second;
            List<Long> known = round % 2 == 0 ? second : first;
            ratios.add(p99(unknown) / p99(known));
            slowest = Math.max(slowest, Collections.max(unknown) / 1e6);
            System.out.printf(
                    "flood %d: p99 of the good caller %.2f ms beside unknown keys, %.2f ms beside bad signatures%n",
                    round + 1, p99(unknown) / 1e6, p99(known) / 1e6);
        }
        double minutes = (System.nanoTime() - begin) / 60e9;
        return List.of(
                new Promise(
                        "p99 of a good caller beside unknown keys, relative to bad signatures",
                        median(ratios),
                        P99_RATIO),
                new Promise(
                        "slowest good call beside unknown keys, in ms (a fetch takes " + SlowKeys.DELAY.toMillis()
                                + ")",
                        slowest,
                        SlowKeys.DELAY.toMillis()),
                new Promise("key fetches a minute", (keys.fetches() - fetchesBefore) / minutes, FETCHES_A_MINUTE));
    }

    private List<Long> latencies(Supplier<String> bad) throws Exception {
        return new Flood(requests, bad).latenciesOf(good);
    }

    private String unknownKey() {
        String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"" + UUID.randomUUID() + "\"}";
        return base64(header.getBytes(StandardCharsets.UTF_8)) + good.substring(good.indexOf('.'));
    }

    private String badSignature() {
        byte[] signature = new byte[256];
        ThreadLocalRandom.current().nextBytes(signature);
        // Less than any modulus, so that the whole check is done.
        signature[0] = 0;
        return good.substring(0, good.lastIndexOf('.') + 1) + base64(signature);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static double p99(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) (sorted.length * 0.99)];
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
