package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The processor time that the server takes for a request with a token, against the same with authentication off. */
final class GateCost {
    private static final int ROUNDS = 7;
    private static final int REQUESTS = 8_000;
    private static final int WARM_UP = 60_000;
    private static final int THREADS = 4;
    private static final double RATIO = 1.15;

    private final LocalStack guarded;
    private final LocalStack open;

    GateCost(LocalStack guarded, LocalStack open) {
        this.guarded = guarded;
        this.open = open;
    }

    Promise measure() throws Exception {
        String token = guarded.entra().tokens().user("pat").sign();
        micros(guarded, Optional.of(token), WARM_UP);
        micros(open, Optional.empty(), WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double with = micros(guarded, Optional.of(token), REQUESTS);
            double without = micros(open, Optional.empty(), REQUESTS);
            ratios.add(with / without);
            System.out.printf(
                    "cost %d: %.0f us of processor time with a token, %.0f us with authentication off%n",
                    round + 1, with, without);
        }
        return new Promise(
                "processor time of a request with a token, relative to authentication off",
                KeyFlood.median(ratios),
                RATIO);
    }

    private static double micros(LocalStack stack, Optional<String> token, int requests) throws Exception {
        Requests order = new Requests(stack.web());
        Duration before = processorTime(stack);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                callers.add(threads.submit(() -> {
                    for (int request = 0; request < requests / THREADS; request++) {
                        order.ask(token, 200);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return processorTime(stack).minus(before).toNanos() / 1_000.0 / requests;
    }

    private static Duration processorTime(LocalStack stack) {
        return stack.server().handle().info().totalCpuDuration().orElseThrow();
    }
}
