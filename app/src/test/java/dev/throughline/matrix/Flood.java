package dev.throughline.matrix;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The same from many threads. */
final class Flood {
    private Flood() {}

    /** The different results. */
    static Set<String> of(int threads, int calls, Callable<String> call) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Set<String> results = new TreeSet<>();
            for (Future<String> result : executor.invokeAll(
                    IntStream.range(0, calls).mapToObj(i -> call).toList())) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdownNow();
        }
    }
}
