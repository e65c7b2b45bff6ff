package dev.throughline.load;

import dev.throughline.e2e.Running;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Tool calls in both eras and requests over REST without a pause, for ten minutes, and what the server's memory does
 * meanwhile: it must not grow once everything is warm.
 */
public final class McpSoak {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 10);
    private static final int WARM = Math.max(1, MINUTES * 3 / 10);
    private static final int REQUESTS = 1_600;
    private static final double GROWTH = 1.05;

    private McpSoak() {}

    /** Takes a minute more than it soaks; all that it starts has ended when it does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("throughline.output"))), "soak-");
        try (LocalStack stack = LocalStack.of(
                        Installation.fromSystemProperties(),
                        LocalPorts.free(),
                        folder,
                        Running.NO_LIMITS,
                        Progress.to(System.out))
                .start()) {
            List<Promise> promises = soak(stack);
            promises.forEach(System.out::println);
            if (!promises.stream().allMatch(Promise::kept)) {
                throw new IllegalStateException("A promise was not kept.");
            }
        }
    }

    private static List<Promise> soak(LocalStack stack) throws Exception {
        Crowd crowd = new Crowd(stack);
        List<Workload> workloads = List.of(
                Workload.older(stack, "get-order", "{\"id\":\"ORD-001\"}"),
                Workload.newer(stack, "get-order", "{\"id\":\"ORD-001\"}"),
                Workload.older(stack, "list-orders", "{}"),
                Workload.newer(stack, "list-orders", "{}"),
                Workload.rest(stack, "list", "api/v1/orders"));
        long requests = 0;
        long warmMemory = 0;
        long warmHeap = 0;
        System.out.println("| Minute | requests so far | server's memory (RSS), MiB |");
        System.out.println("|---|---|---|");
        Instant begin = Instant.now();
        for (int minute = 1; minute <= MINUTES; minute++) {
            Instant end = begin.plus(Duration.ofMinutes(minute));
            while (Instant.now().isBefore(end)) {
                for (Workload workload : workloads) {
                    crowd.make(workload, REQUESTS);
                    requests += REQUESTS;
                }
            }
            if (minute == WARM) {
                warmHeap = Memory.liveHeapMiB(stack);
                warmMemory = Memory.residentMiB(stack);
            }
            System.out.printf(Locale.ROOT, "| %d | %d | %d |%n", minute, requests, Memory.residentMiB(stack));
        }
        // Between two full collections the heap may grow to its bound, which says nothing: so after one, both times.
        long heap = Memory.liveHeapMiB(stack);
        System.out.printf(Locale.ROOT, "%nHeap in use after a collection: %d MiB, then %d MiB%n", warmHeap, heap);
        String since = " at the end, relative to minute " + WARM;
        return List.of(
                new Promise("heap in use" + since, (double) heap / warmHeap, GROWTH),
                new Promise("memory" + since, (double) Memory.residentMiB(stack) / warmMemory, GROWTH));
    }
}
