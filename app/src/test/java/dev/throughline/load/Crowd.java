package dev.throughline.load;

import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A hundred people at 32 connections, each with a token of their own; all of them see all orders. */
final class Crowd {
    private static final int PEOPLE = 100;
    private static final int CONNECTIONS = 32;

    private final LocalStack stack;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> tokens;

    Crowd(LocalStack stack) {
        this.stack = stack;
        this.tokens = IntStream.range(0, PEOPLE)
                .mapToObj(i -> stack.entra()
                        .tokens()
                        .user("ana")
                        .with("oid", UUID.randomUUID().toString())
                        .with("sub", "person-" + i)
                        .sign())
                .toList();
    }

    /**
     * What a number of requests took.
     *
     * @param perSecond how many were answered in a second
     * @param p50 the median answer time, in milliseconds
     * @param p99 the answer time that one in a hundred exceeds, in milliseconds
     * @param processorMicros the server's processor time for each, in microseconds
     */
    record Measured(double perSecond, double p50, double p99, double processorMicros) {}

    Measured make(Workload workload, int requests) throws Exception {
        Duration before = processorTime();
        long begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Long> nanos = new ArrayList<>();
        try {
            List<Callable<List<Long>>> callers = new ArrayList<>();
            for (int caller = 0; caller < CONNECTIONS; caller++) {
                int first = caller;
                callers.add(() -> call(workload, first, requests / CONNECTIONS));
            }
            for (Future<List<Long>> done : threads.invokeAll(callers)) {
                nanos.addAll(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double micros = processorTime().minus(before).toNanos() / 1e3 / nanos.size();
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Measured(
                nanos.size() / seconds,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                micros);
    }

    private List<Long> call(Workload workload, int first, int requests) throws IOException, InterruptedException {
        Long[] nanos = new Long[requests];
        for (int i = 0; i < requests; i++) {
            String token = tokens.get((first + i * CONNECTIONS) % PEOPLE);
            long begin = System.nanoTime();
            HttpResponse<String> answer = client.send(workload.with(token), HttpResponse.BodyHandlers.ofString());
            nanos[i] = System.nanoTime() - begin;
            if (answer.statusCode() != 200
                    || !answer.body().contains("ORD-001")
                    || answer.body().contains("isError\":true")) {
                throw new IllegalStateException(workload.name() + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        return Arrays.asList(nanos);
    }

    private Duration processorTime() {
        return stack.server().handle().info().totalCpuDuration().orElseThrow();
    }
}
