package dev.throughline.in.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Metrics that a test can read. */
public final class CountedMetrics implements GateMetrics {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> ages = new ConcurrentHashMap<>();

    public long count(String name) {
        return counts.getOrDefault(name, new LongAdder()).sum();
    }

    double age(String issuer) {
        return ages.get(issuer).getAsDouble();
    }

    @Override
    public void keysRefreshed(String result) {
        increment("refreshed " + result);
    }

    @Override
    public void keyRejected(String fault) {
        increment("key " + fault);
    }

    @Override
    public void watchKeyAge(String issuer, DoubleSupplier seconds) {
        ages.put(issuer, seconds);
    }

    private void increment(String name) {
        counts.computeIfAbsent(name, key -> new LongAdder()).increment();
    }
}
