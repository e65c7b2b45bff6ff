package dev.throughline.e2e;

import java.util.List;
import java.util.stream.Stream;

/** What the server counts, as its {@code /metrics} show it. */
final class Metrics {
    private final Api api;

    Metrics(Api api) {
        this.api = api;
    }

    /**
     * The value of a metric with these labels; zero if it is not there yet.
     *
     * @param labels each as {@code name="value"}; the metric may have more
     */
    double value(String name, String... labels) {
        return lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** All of them, line by line. */
    Stream<String> lines() {
        return Http.send(api.anonymous("/metrics")).body().lines();
    }
}
