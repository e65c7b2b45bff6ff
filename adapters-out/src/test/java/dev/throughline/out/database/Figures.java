package dev.throughline.out.database;

import java.util.List;

/** What benchmarks make of what they measured. */
final class Figures {
    private Figures() {}

    static double median(List<Double> measured) {
        List<Double> sorted = measured.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
