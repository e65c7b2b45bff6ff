package dev.throughline.load;

import dev.throughline.e2e.Running;
import dev.throughline.load.Crowd.Measured;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measures tool calls in both eras of the protocol beside the same calls over REST, and prints a Markdown table. */
public final class McpLoad {
    private static final int WARM_UP = 16_000;
    private static final int REQUESTS = 4_800;
    private static final int ROUNDS = 7;
    private static final double RATIO = 1.25;

    private McpLoad() {}

    /** Takes some six minutes; all that it starts has ended when it does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("throughline.output"))), "mcp-");
        try (LocalStack stack = LocalStack.of(
                        Installation.fromSystemProperties(),
                        LocalPorts.free(),
                        folder,
                        Running.NO_LIMITS,
                        Progress.to(System.out))
                .start()) {
            Crowd crowd = new Crowd(stack);
            List<Promise> promises = new ArrayList<>();
            System.out.println("| Request | per second | p50, ms | p99, ms | server's processor time, us |");
            System.out.println("|---|---|---|---|---|");
            promises.addAll(compare(
                    crowd,
                    Workload.rest(stack, "one order", "api/v1/orders/ORD-001"),
                    Workload.older(stack, "get-order", "{\"id\":\"ORD-001\"}"),
                    Workload.newer(stack, "get-order", "{\"id\":\"ORD-001\"}")));
            promises.addAll(compare(
                    crowd,
                    Workload.rest(stack, "list", "api/v1/orders"),
                    Workload.older(stack, "list-orders", "{}"),
                    Workload.newer(stack, "list-orders", "{}")));
            promises.forEach(System.out::println);
            if (!promises.stream().allMatch(Promise::kept)) {
                throw new IllegalStateException("A promise was not kept.");
            }
        }
    }

    /** In turns, so that a machine that slows down slows all of them. */
    private static List<Promise> compare(Crowd crowd, Workload rest, Workload... tools) throws Exception {
        List<Workload> all = new ArrayList<>(List.of(rest));
        all.addAll(List.of(tools));
        List<List<Measured>> measured = new ArrayList<>();
        for (Workload workload : all) {
            crowd.make(workload, WARM_UP);
            measured.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < all.size(); i++) {
                measured.get(i).add(crowd.make(all.get(i), REQUESTS));
            }
        }
        List<Promise> promises = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Measured> mine = measured.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.1f | %.1f | %.0f |%n",
                    all.get(i).name(),
                    median(mine, Measured::perSecond),
                    median(mine, Measured::p50),
                    median(mine, Measured::p99),
                    median(mine, Measured::processorMicros));
            if (i > 0) {
                promises.add(new Promise(
                        "processor time of " + all.get(i).name() + ", relative to REST",
                        median(mine, Measured::processorMicros) / median(measured.get(0), Measured::processorMicros),
                        RATIO));
            }
        }
        return promises;
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return KeyFlood.median(rounds.stream().map(figure::applyAsDouble).toList());
    }
}
